package dev.taskcache.key;

/**
 * The image that a component runs in. Only a digest says which image that is; a tag has to be
 * resolved to one. Immutable and thread-safe.
 */
public sealed interface ImageRef {

  /**
   * Reads an image reference.
   *
   * @param reference {@code repository@sha256:…}, {@code repository:tag@sha256:…}, a bare {@code
   *     sha256:…} or {@code sha512:…}, or a reference without a digest such as {@code python:3.11}
   * @return a {@link Digest} where the reference has a digest, else a {@link Tag}
   * @throws InvalidRequestException if the reference is empty or its digest is malformed
   */
  static ImageRef parse(String reference) {
    Place place = Place.root();
    Utf8.checkName(reference, place, "an image reference");
    int at = reference.lastIndexOf('@');
    if (at == 0) {
      throw new InvalidRequestException(
          place, "\"" + reference + "\" has no repository before the @; write repository@sha256:…");
    } else if (at > 0 || ContentDigest.isBare(reference)) {
      return new Digest(ContentDigest.check(reference.substring(at + 1), place));
    }
    return new Tag(reference);
  }

  /**
   * An image by its digest.
   *
   * @param digest for instance {@code sha256:} and 64 lower-case hexadecimal digits
   */
  record Digest(String digest) implements ImageRef {
    /** Refuses a malformed digest. */
    public Digest {
      ContentDigest.check(digest, Place.root());
    }
  }

  /**
   * An image by a name that may mean another image tomorrow; resolved before a key is computed.
   *
   * @param reference for instance {@code python:3.11}
   */
  record Tag(String reference) implements ImageRef {
    /** Refuses an empty reference. */
    public Tag {
      Utf8.checkName(reference, Place.root(), "an image reference");
    }
  }

  /**
   * An image whose tag itself is to be in the key, because the caller says that the tag never
   * moves.
   *
   * @param reference for instance {@code registry.example/train:2026-11-22}
   */
  record TagByName(String reference) implements ImageRef {
    /** Refuses an empty reference. */
    public TagByName {
      Utf8.checkName(reference, Place.root(), "an image tag");
    }
  }
}
