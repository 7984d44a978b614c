package dev.taskcache.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A directory in a temporary folder, to which versions of a pipeline are published. Close it, or
 * end the JVM: either way the folder is gone.
 */
final class DemoSource implements AutoCloseable {
  private static final String COUNT = "printf \"%s\\n\" \"$1\" | grep -c \"^ripe\"";

  private final String pipeline;
  private final Path folder;
  private final AtExit atExit;

  private DemoSource(String pipeline, Path folder) {
    this.pipeline = pipeline;
    this.folder = folder;
    this.atExit = new AtExit(this::delete);
  }

  /** An empty one. */
  static DemoSource create(String pipeline) {
    try {
      Path folder = Files.createTempDirectory("taskcache-demo-").toRealPath();
      DemoSource source = new DemoSource(pipeline, folder);
      Files.createDirectories(source.published().resolve(pipeline));
      return source;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder that all of it is in. */
  Path folder() {
    return folder;
  }

  /** The directory that is the source. */
  Path published() {
    return folder.resolve("pipelines");
  }

  /** Writes a version under another name, and renames it: nobody sees half of it. */
  void publish(String version) throws IOException {
    Path published = published().resolve(pipeline).resolve(version + ".yaml");
    Path written = published.resolveSibling("." + version + ".tmp");
    Files.writeString(written, text(version));
    Files.move(written, published, StandardCopyOption.ATOMIC_MOVE);
  }

  void takeAway() throws IOException {
    Files.move(published(), folder.resolve("taken-away"));
  }

  void bringBack() throws IOException {
    Files.move(folder.resolve("taken-away"), published());
  }

  private String text(String version) {
    String first = DemoCommand.text(pipeline + ".yaml");
    String second = changed(first, "$1 are ripe", "$1 of the harvest are ripe");
    return switch (version) {
      case "v1" -> first;
      case "v2" -> second;
      case "v3" -> changed(second, "{name: comp-count}", "{name: comp-cuont}");
      case "v4" -> changed(second, COUNT, COUNT.replace("-c", "-ce"));
      default -> throw new IllegalArgumentException("there is no version " + version);
    };
  }

  private static String changed(String text, String from, String to) {
    String changed = text.replace(from, to);
    if (changed.equals(text)) {
      throw new IllegalStateException(from + " is not in the pipeline any more");
    }
    return changed;
  }

  @Override
  public void close() {
    atExit.close();
  }

  private void delete() {
    try {
      ScratchFolder.delete(folder);
    } catch (IOException e) {
      // Something that is still dying may still write; it is a folder for temporary files.
    }
  }
}
