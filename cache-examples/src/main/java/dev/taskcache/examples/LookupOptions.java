package dev.taskcache.examples;

import dev.taskcache.TaskRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How versions are looked up. */
final class LookupOptions {
  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = TaskRequest.DEFAULT_NAMESPACE,
      description = "Whose pipelines, inside which answers are shared; default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // has a default
  private String namespace;

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "How long an answer of the source is good for all processes, for instance 30s or 5m;"
              + " default: 1m.")
  private Duration interval = Duration.ofMinutes(1);

  @Option(
      names = "--oldest",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "How old the last known version may be while the source fails; default: any age. One that"
              + " is pinned has no such limit.")
  private @Nullable Duration oldest;

  Versions.Lookup lookup() {
    return new Versions.Lookup(namespace, interval, oldest);
  }
}
