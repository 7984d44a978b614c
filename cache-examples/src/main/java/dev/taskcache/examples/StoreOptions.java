package dev.taskcache.examples;

import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.policy.ArtifactVerifier;
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

  StoreOptions(Environment environment) {
    this.environment = environment;
    this.store = environment.store();
  }

  Environment environment() {
    return environment;
  }

  /** The store that was named. */
  StoreAddress address() {
    return StoreAddress.parse(store);
  }

  /** A session on that store that executes nothing. */
  Session session(ImageDigestResolver images, ArtifactVerifier verifier) {
    StoreAddress address = address();
    return new Session(
        Stores.forReading(address),
        address.artifacts(environment),
        Session.Settings.reading(images, verifier));
  }
}
