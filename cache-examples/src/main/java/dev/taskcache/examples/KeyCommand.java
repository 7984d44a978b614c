package dev.taskcache.examples;

import dev.taskcache.NotCacheableException;
import dev.taskcache.TaskRequest;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.KeyPart;
import dev.taskcache.key.KeyParts;
import dev.taskcache.key.TaskKey;
import dev.taskcache.policy.NotCached;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code taskcache key}. */
@Command(
    name = "key",
    description = {
      "Prints the cache key of a request that is written as JSON (docs/key-format.md, section 8).",
      "",
      "A request that may not be cached has none: then {\"bypass\": reason, \"message\": ...} is"
          + " printed, and the exit code is 3."
    })
final class KeyCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "REQUEST.json", description = "One JSON object, UTF-8.")
  @SuppressWarnings("NullAway.Init") // required
  private Path file;

  @Option(
      names = "--document",
      description = "Print the encoded documents that are digested, too, in hexadecimal digits.")
  private boolean document;

  @Option(
      names = "--json",
      description = "Print key, parts, digests of the inputs and documents as one JSON object.")
  private boolean json;

  @Option(
      names = "--images",
      paramLabel = "FILE",
      description = "Digests of image tags, one on a line: python:3.11 sha256:...")
  private @Nullable Path images;

  KeyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try {
      TaskKey key =
          TaskRequest.fromJson(Files.readString(file)).key(PipelineOptions.images(images));
      print(key);
      return ExitCodes.OK;
    } catch (NotCacheableException e) {
      NotCached finding = e.finding();
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("bypass", finding.reason().name());
      line.put("message", finding.message());
      terminal.out().println(JsonLine.of(line));
      return ExitCodes.NOT_CACHEABLE;
    } catch (InvalidRequestException e) {
      throw BadInputException.of(file.toString(), e);
    } catch (IOException e) {
      throw BadInputException.of(file.toString(), e);
    }
  }

  private void print(TaskKey key) {
    Map<String, String> parts = new LinkedHashMap<>();
    KeyParts made = key.parts(false);
    made.digests().forEach((part, digest) -> parts.put(part.word(), digest));
    Map<String, String> documents = new LinkedHashMap<>();
    key.documents().forEach((name, bytes) -> documents.put(name, HexFormat.of().formatHex(bytes)));
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("key", key.key().toString());
      line.put("parts", parts);
      line.put("inputDigests", made.places(KeyPart.INPUTS));
      line.put("documents", documents);
      terminal.out().println(JsonLine.of(line));
      return;
    }
    terminal.out().println(key.key());
    if (document) {
      documents.forEach((name, hex) -> terminal.out().println(name + " " + hex));
    }
  }
}
