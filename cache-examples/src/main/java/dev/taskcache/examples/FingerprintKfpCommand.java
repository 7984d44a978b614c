package dev.taskcache.examples;

import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.kfp.KfpFingerprint;
import dev.taskcache.kfp.KfpObedience;
import dev.taskcache.kfp.KfpRelease;
import dev.taskcache.kfp.KfpSwitch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code taskcache fingerprint kfp}. */
@Command(
    name = "kfp",
    description = {
      "Prints the fingerprint that Kubeflow Pipelines gives a task (docs/kubeflow.md), and the text"
          + " that it is the SHA-256 of: {\"bytes\": ..., \"fingerprint\": ...}.",
      "",
      "The file is one of",
      "  {\"cacheKey\": CacheKey as proto3 JSON}",
      "  {\"componentRef\": \"comp-train\", \"customKey\": \"...\"}",
      "  {\"template\": template of an Argo workflow, \"namespace\": the pod's, if it counts}"
    })
final class FingerprintKfpCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE.json", description = "One JSON object, UTF-8.")
  @SuppressWarnings("NullAway.Init") // required
  private Path file;

  @Option(
      names = "--release",
      paramLabel = "RELEASE",
      defaultValue = "after",
      converter = Release.class,
      description = {
        "The release of Kubeflow Pipelines, for instance 2.15.",
        "Unless given: what was merged after 2.17, which leaves nothing out."
      })
  @SuppressWarnings("NullAway.Init") // has a default
  private KfpRelease release;

  FingerprintKfpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try {
      KfpFingerprint fingerprint = KfpFingerprint.fromJson(Files.readString(file), release);
      if (fingerprint.isCustom() && KfpSwitch.CACHE_KEY.in(release) != KfpObedience.OBEYED) {
        terminal.complain(
            "taskcache: note: Kubeflow Pipelines "
                + release
                + " does not obey custom keys; its own fingerprint of the task is another one");
      }
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("bytes", fingerprint.text());
      line.put("fingerprint", fingerprint.fingerprint());
      terminal.out().println(JsonLine.of(line));
      return ExitCodes.OK;
    } catch (InvalidRequestException e) {
      throw BadInputException.of(file.toString(), e);
    } catch (IOException e) {
      throw BadInputException.of(file.toString(), e);
    }
  }

  /** Reads the number of a release. */
  static final class Release implements ITypeConverter<KfpRelease> {
    @Override
    public KfpRelease convert(String text) {
      return KfpRelease.of(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "there is no release \""
                          + text
                          + "\" whose fingerprints are known; write one of "
                          + Arrays.toString(KfpRelease.values())));
    }
  }
}
