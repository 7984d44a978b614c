package dev.taskcache.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells which image a tag means now. Implementations are thread-safe; they are asked once per
 * decision, on the caller's thread, so one that asks a registry should remember its answers, as
 * {@link #rememberedPerRun} does. An exception makes the task not cached, with its message: {@code
 * IMAGE_NOT_RESOLVED} for an {@link ImageNotResolvedException}, {@code KEY_FAILED} for any other.
 */
@FunctionalInterface
public interface ImageDigestResolver {
  /** Resolves nothing: every tag makes its task not cached. */
  ImageDigestResolver NONE = reference -> Optional.empty();

  /**
   * The digest of the image that a reference means now.
   *
   * @param reference as the component has it, for instance {@code python:3.11}
   * @return {@code sha256:} and 64 lower-case hexadecimal digits; empty if it is not known
   */
  Optional<String> resolve(String reference);

  /**
   * The digest of the image that a reference means for a run; this is what decisions ask.
   *
   * @param reference as the component has it
   * @param run who asks; null if it is not known
   * @return as {@link #resolve(String)}, which is what it does unless it remembers runs
   */
  default Optional<String> resolve(String reference, @Nullable Run run) {
    return resolve(reference);
  }

  /**
   * This resolver with a memory for each run, so that a tag means one image from the first task of
   * a run to the last, whatever is pushed meanwhile. Callers of one run that ask for one tag at the
   * same time share one look-up. One that fails, or knows nothing, is not remembered. Callers
   * without a run ask each time.
   *
   * <p>The memory is this process's, of the 1,000 runs that asked last.
   *
   * @return a resolver over this one
   */
  default ImageDigestResolver rememberedPerRun() {
    return new RunImages(this, RunImages.MOST_RUNS);
  }

  /**
   * The run that asks.
   *
   * @param namespace whose run
   * @param pipeline the pipeline, as runs may be numbered in each; null if it is not known
   * @param id the run's id
   */
  record Run(String namespace, @Nullable String pipeline, String id) {}

  /**
   * A resolver that knows some images.
   *
   * @param digests digest by reference, word for word; copied
   * @return the resolver
   * @throws InvalidRequestException if a digest is malformed
   */
  static ImageDigestResolver of(Map<String, String> digests) {
    Map<String, String> known = Map.copyOf(digests);
    known.forEach((image, digest) -> ContentDigest.check(digest, Place.of("images").field(image)));
    return reference -> Optional.ofNullable(known.get(reference));
  }

  /**
   * A resolver that knows the images of a file, which is read once, now. Each line is a reference,
   * blanks and a digest; empty lines and lines that begin with {@code #} are skipped.
   *
   * @param file UTF-8
   * @return the resolver
   * @throws IOException if the file cannot be read
   * @throws InvalidRequestException if a line is malformed, or names a reference again; it names
   *     file and line
   */
  static ImageDigestResolver ofFile(Path file) throws IOException {
    Map<String, String> digests = new HashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Place place = Place.of(file.toString()).field("line " + (i + 1));
      String[] words = line.split("\\s+");
      if (words.length != 2) {
        throw new InvalidRequestException(
            place, "write a reference and its digest: python:3.11 sha256:…");
      }
      if (digests.put(words[0], ContentDigest.check(words[1], place)) != null) {
        throw new InvalidRequestException(
            place, "\"" + words[0] + "\" has a digest already; keep one of the lines");
      }
    }
    return of(digests);
  }
}
