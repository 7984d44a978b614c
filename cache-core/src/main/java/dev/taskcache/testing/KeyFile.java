package dev.taskcache.testing;

import dev.taskcache.key.Forms;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.JsonForm;
import dev.taskcache.key.KeyParts;
import dev.taskcache.key.Place;
import dev.taskcache.key.ResultType;
import dev.taskcache.key.TaskKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Keys that requests had, with their parts, in a file: a JSON object, a line for each request, by
 * name. Values of inputs are in it, shortened; secrets never are.
 *
 * @param path where it is
 */
record KeyFile(Path path) {
  private static final String PROPERTY = "taskcache.tests.keys";
  private static final ResultType<Known> KNOWN = ResultType.of(Known.class);

  /** A key and what it was made of. */
  record Known(String key, KeyParts parts) {}

  /** Whether this run of the tests writes down which keys there are. */
  static boolean isWritten() {
    return "write".equals(System.getProperty(PROPERTY));
  }

  Optional<Known> named(String name) {
    return Optional.ofNullable(read().get(name));
  }

  Optional<Known> ofKey(String key) {
    return read().values().stream().filter(known -> known.key().equals(key)).findFirst();
  }

  /** Writes one key down; of tests that run at once, one after the other. */
  void write(String name, TaskKey key) {
    synchronized (KeyFile.class) {
      Map<String, Known> all = read();
      all.put(name, new Known(key.key().toString(), key.parts(true)));
      String lines =
          all.entrySet().stream()
              .map(each -> json(each.getKey()) + ": " + json(each.getValue()))
              .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
      try {
        Files.writeString(path, lines);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String json(Object value) {
    return JsonForm.write(InputValue.of(value));
  }

  private Map<String, Known> read() {
    Map<String, Known> all = new TreeMap<>();
    if (!Files.exists(path)) {
      return all;
    }
    Place place = Place.of(path.toString());
    try {
      Forms.map(JsonForm.read(Files.readString(path)), place)
          .forEach((name, known) -> all.put(name, KNOWN.read(known, place.field(name))));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InvalidRequestException e) {
      String problem = path + " is no file of keys: " + e.getMessage();
      throw new IllegalStateException(problem + "; delete it and write it anew", e);
    }
  }
}
