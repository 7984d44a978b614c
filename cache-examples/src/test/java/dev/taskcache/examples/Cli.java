package dev.taskcache.examples;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the command answered, in this JVM. */
record Cli(int code, String out, String err) {
  private static final JsonMapper JSON = new JsonMapper();

  /** With a store that is empty before, and gone afterwards, unless one is named. */
  static Cli run(Object... args) {
    try {
      Path home = Files.createTempDirectory("taskcache-cli-");
      try {
        return at(home, args);
      } finally {
        ScratchFolder.delete(home);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a user whose cache folder is {@code .cache} in that one. */
  static Cli at(Path home, Object... args) {
    return at(home, Map.of(), args);
  }

  /** The same with these environment variables. */
  static Cli at(Path home, Map<String, String> variables, Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    int code = Main.execute(terminal, new Environment(variables, "Linux", home), words);
    return new Cli(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The lines of the answer, each a JSON object. */
  List<Map<String, Object>> json() {
    return out.lines().map(Cli::object).toList();
  }

  static String text(String json) {
    try {
      return JSON.readValue(json, String.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, Object> object(String json) {
    try {
      return JSON.readValue(json, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
