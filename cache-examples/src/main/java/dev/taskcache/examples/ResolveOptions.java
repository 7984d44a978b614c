package dev.taskcache.examples;

import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.version.PipelineSource;
import dev.taskcache.version.Refusal;
import dev.taskcache.version.Resolution;
import dev.taskcache.version.VersionSelection;
import dev.taskcache.version.VersionUnavailableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Of which pipeline which version is meant, as what runs it would be told. */
final class ResolveOptions {
  @Parameters(paramLabel = "PIPELINE", description = "The pipeline's name in the source.")
  @SuppressWarnings("NullAway.Init") // required
  private String pipeline;

  @Mixin private SourceOptions source;
  @Mixin private SelectionOptions selection = new SelectionOptions();
  @Mixin private LookupOptions lookup = new LookupOptions();
  @Mixin private StoreOptions store;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  ResolveOptions(Environment environment) {
    this.source = new SourceOptions(environment);
    this.store = new StoreOptions(environment);
  }

  /** What is done with an answer; returns the exit code. */
  interface Work {
    /** Everything is open until it returns. */
    int on(Resolved resolved) throws InterruptedException;
  }

  /** An answer, and what gave it. */
  record Resolved(PipelineSource source, Versions versions, Resolution resolution) {}

  boolean json() {
    return json;
  }

  /** Asks store and source, and works on the answer; complains if there is none. */
  int resolve(Terminal terminal, Work work) throws InterruptedException {
    VersionSelection wanted = selection.selection();
    PipelineSource opened = source.open();
    Session.Settings settings =
        Session.Settings.reading(ImageDigestResolver.NONE, new ArtifactOptions().verifier());
    try (Session session = new Session(store.stores().forRuns(), store.artifacts(), settings);
        Versions versions = new Versions(session.cache(), opened, lookup.lookup())) {
      Resolution resolution = versions.resolver().resolve(pipeline, wanted);
      return work.on(new Resolved(opened, versions, resolution));
    } catch (VersionUnavailableException e) {
      terminal.complain("taskcache: " + e.getMessage());
      return ExitCodes.NO_VERSION;
    }
  }

  /** The answer without what was passed over, which has lines of its own. */
  static String text(Resolution resolution) {
    return new Resolution(
            resolution.selection(),
            resolution.version(),
            resolution.reason(),
            resolution.information(),
            List.of())
        .toString();
  }

  static Map<String, Object> object(Resolution resolution) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("pipeline", resolution.version().pipeline());
    line.put("selection", resolution.selection().toString());
    line.put("version", resolution.version().id());
    line.put("createdAt", resolution.version().createdAt().toString());
    line.put("number", resolution.version().number().orElse(null));
    line.put("digest", resolution.version().digest());
    line.put("reason", resolution.reason());
    line.put("origin", resolution.information().origin());
    line.put("informationAgeMillis", resolution.information().age().toMillis());
    resolution.information().problem().ifPresent(problem -> line.put("problem", problem));
    line.put("refusals", resolution.refusals().stream().map(ResolveOptions::object).toList());
    return line;
  }

  private static Map<String, Object> object(Refusal refusal) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("version", refusal.version().id());
    object.put("kind", refusal.kind());
    object.put("details", refusal.details());
    return object;
  }
}
