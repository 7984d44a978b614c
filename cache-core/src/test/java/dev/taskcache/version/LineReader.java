package dev.taskcache.version;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads pipelines of lines: {@code param a STRING}, {@code required b NUMBER}, {@code output o
 * STRING}, {@code image train python:3}, {@code component train 1}, {@code caching train off}.
 */
final class LineReader implements PipelineReader {
  @Override
  public String version() {
    return "1";
  }

  @Override
  public PipelineDescription read(byte[] content) {
    Map<String, Map<String, String>> found = new LinkedHashMap<>();
    for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
      String[] words = line.split(" ");
      if (words.length != 3) {
        throw new IllegalArgumentException("line \"" + line + "\" has not three words");
      }
      found.computeIfAbsent(words[0], any -> new LinkedHashMap<>()).put(words[1], words[2]);
    }
    Map<String, PipelineDescription.Parameter> parameters = new LinkedHashMap<>();
    of(found, "param")
        .forEach(
            (name, type) -> parameters.put(name, new PipelineDescription.Parameter(type, false)));
    of(found, "required")
        .forEach(
            (name, type) -> parameters.put(name, new PipelineDescription.Parameter(type, true)));
    return new PipelineDescription(
        parameters,
        of(found, "output"),
        of(found, "component"),
        of(found, "image"),
        of(found, "caching"));
  }

  private static Map<String, String> of(Map<String, Map<String, String>> found, String kind) {
    return found.getOrDefault(kind, Map.of());
  }
}
