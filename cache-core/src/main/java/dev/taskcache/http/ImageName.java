package dev.taskcache.http;

import dev.taskcache.key.ImageNotResolvedException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image's name in its parts, as Docker reads it: what stands before the first slash is a
 * registry if it has a dot or a colon or is {@code localhost}, else the whole is a repository of
 * Docker Hub, where one word is an official image.
 *
 * @param text the whole, as it was given
 * @param registry for instance {@code docker.io} or {@code localhost:5000}
 * @param repository for instance {@code library/alpine}
 * @param tag {@code latest} if none was given
 */
record ImageName(String text, String registry, String repository, String tag) {
  static final String DOCKER_HUB = "docker.io";

  /** No registry takes longer ones, and the pattern needs as much stack as they are long. */
  private static final int MOST_CHARACTERS = 512;

  private static final Pattern NAME =
      Pattern.compile(
          "(?:(?<registry>\\[[0-9a-fA-F:]+\\](?::\\d{1,5})?"
              + "|localhost(?::\\d{1,5})?"
              + "|[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+(?::\\d{1,5})?"
              + "|[A-Za-z0-9-]+:\\d{1,5})/)?"
              + "(?<repository>WORD(?:/WORD)*)"
                  .replace("WORD", "[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*")
              + "(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?");

  static ImageName parse(String text) {
    Matcher name = NAME.matcher(text);
    if (text.length() > MOST_CHARACTERS || !name.matches()) {
      throw new ImageNotResolvedException(
          "\""
              + text
              + "\" is no image that a registry could have; write it as in alpine:3.20 or"
              + " registry.example:5000/team/train:2 (repositories in lower case)",
          null);
    }
    String registry = name.group("registry");
    String repository = name.group("repository");
    String tag = name.group("tag") == null ? "latest" : name.group("tag");
    if (registry == null || registry.equals("index.docker.io")) {
      registry = DOCKER_HUB;
    }
    return registry.equals(DOCKER_HUB) && repository.indexOf('/') < 0
        ? new ImageName(text, registry, "library/" + repository, tag)
        : new ImageName(text, registry, repository, tag);
  }
}
