package dev.taskcache.flyte;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the tests, and short ways to read them. */
final class FlyteFiles {
  private static final Path FOLDER = Path.of("src/test/resources/flyte");

  private FlyteFiles() {}

  static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> names(String folder) {
    try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
      return files.map(file -> folder + "/" + file.getFileName()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FlyteTask task(String name) {
    return FlyteTaskReader.json().task(bytes("tasks/" + name + ".json"));
  }

  static FlyteNode node(String json) {
    return FlyteTaskReader.json().node(utf8(json));
  }

  static FlyteLiterals literals(String json) {
    return FlyteTaskReader.json().literals(utf8(json));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
