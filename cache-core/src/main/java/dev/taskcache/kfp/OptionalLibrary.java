package dev.taskcache.kfp;

/** A library that one kind of pipeline needs and that a host adds itself. */
enum OptionalLibrary {
  SNAKEYAML("org.yaml.snakeyaml.composer.Composer", "org.yaml:snakeyaml"),
  CEL("dev.cel.bundle.CelFactory", "dev.cel:cel");

  private final String className;
  private final String artifact;

  OptionalLibrary(String className, String artifact) {
    this.className = className;
    this.artifact = artifact;
  }

  /** Fails here and now, by name, rather than later in the middle of something. */
  void require(String purpose) {
    try {
      Class.forName(className, false, OptionalLibrary.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          purpose + " needs a library that is not there; add " + artifact + " to the classpath", e);
    }
  }
}
