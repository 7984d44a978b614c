package dev.taskcache.version;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;

/**
 * What becomes of versions, as meters of Micrometer, whose {@code micrometer-core} has to be among
 * the host's jars. docs/versions.md lists them; their tags have few values. Thread-safe.
 */
public final class VersionMeters implements VersionListener {
  private final MeterRegistry registry;

  private VersionMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Meters in a registry.
   *
   * @param registry the caller's
   * @return a listener, for the resolver's builder
   */
  public static VersionMeters of(MeterRegistry registry) {
    return new VersionMeters(registry);
  }

  @Override
  public void onChange(VersionChange change) {
    count("changes", Tags.empty());
  }

  @Override
  public void onRefusal(Refusal refusal) {
    count("refusals", Tags.of("kind", word(refusal.kind())));
  }

  @Override
  public void onCompiled(PipelineVersion version) {
    count("compiled", Tags.of("outcome", "compiled"));
  }

  @Override
  public void onCompileFailed(PipelineVersion version, String problem) {
    count("compiled", Tags.of("outcome", "failed"));
  }

  @Override
  public void onSlot(SlotDecision decision) {
    count(
        "slots",
        Tags.of("information", word(decision.origin()), "reason", decision.reason().name()));
  }

  private void count(String name, Tags tags) {
    registry.counter("taskcache.versions." + name, tags).increment();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
