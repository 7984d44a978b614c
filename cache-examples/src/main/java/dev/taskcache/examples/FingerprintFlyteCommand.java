package dev.taskcache.examples;

import dev.taskcache.flyte.FlyteCacheKey;
import dev.taskcache.flyte.FlyteDifference;
import dev.taskcache.key.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code taskcache fingerprint flyte}. */
@Command(
    name = "flyte",
    description = {
      "Prints what Flyte's caches call the result of a task: the data catalog's dataset version and"
          + " tag, and flytekit's local key (docs/flyte.md).",
      "",
      "The file is {\"task\": {\"name\": ..., \"cacheVersion\": ..., \"inputs\": {name: Variable},"
          + " \"outputs\": {name: Variable}}, \"literals\": {name: Literal}, \"ignored\": [name]},"
          + " in proto3 JSON."
    })
final class FingerprintFlyteCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE.json", description = "One JSON object, UTF-8.")
  @SuppressWarnings("NullAway.Init") // required
  private Path file;

  @Option(
      names = "--differences",
      description = "Say, too, whether Flyte's remote and local cache agree, and where they part.")
  private boolean differences;

  FingerprintFlyteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try {
      FlyteCacheKey key = FlyteCacheKey.fromJson(Files.readString(file));
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("datasetVersion", key.datasetVersion());
      line.put("tag", key.tag());
      line.put("localKey", key.localKey());
      if (differences) {
        line.put("cacheKey", key.cacheKey().toString());
        line.put("agree", key.agree());
        line.put("differences", list(key.differences()));
      }
      terminal.out().println(JsonLine.of(line));
      return ExitCodes.OK;
    } catch (InvalidRequestException e) {
      throw BadInputException.of(file.toString(), e);
    } catch (IOException e) {
      throw BadInputException.of(file.toString(), e);
    }
  }

  private static List<Map<String, Object>> list(List<FlyteDifference> differences) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (FlyteDifference each : differences) {
      Map<String, Object> difference = new LinkedHashMap<>();
      difference.put("kind", each.kind().name());
      difference.put("now", each.kind().now());
      difference.put("message", each.message());
      list.add(difference);
    }
    return list;
  }
}
