package dev.taskcache.examples;

import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.policy.ArtifactVerifier;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which store a command works on. */
final class StoreOptions {
  private final Environment environment;

  @Option(
      names = "--store",
      paramLabel = "STORE",
      description = {
        "Where results are recorded: the path of an SQLite file, or a JDBC URL, for instance"
            + " jdbc:postgresql://HOST/DATABASE?user=NAME&password=...",
        "Default: the environment variable TASKCACHE_STORE, or a file in your cache folder."
      })
  private String store;

  @Mixin private TableOptions tables = new TableOptions();

  StoreOptions(Environment environment) {
    this.environment = environment;
    this.store = environment.store();
  }

  /** The store that was named, as people may see it. */
  StoreAddress address() {
    return StoreAddress.parse(store);
  }

  /** What opens it. */
  Stores stores() {
    return new Stores(address(), tables);
  }

  /** Where artifacts are unless another folder is named. */
  Path artifacts() {
    return address().artifacts(environment);
  }

  /** A session on that store that executes nothing. */
  Session session(ImageDigestResolver images, ArtifactVerifier verifier) {
    return new Session(
        stores().forReading(), artifacts(), Session.Settings.reading(images, verifier));
  }
}
