package dev.taskcache.http;

import java.net.http.HttpHeaders;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says of the content's digest: {@code Repr-Digest} (RFC 9530), its forerunner {@code
 * Digest} (RFC 3230), and {@code Docker-Content-Digest}. An {@code ETag} is any text: one that is
 * the expected digest can only be that, and one that is not says nothing.
 *
 * @param digests as artifacts have them, for instance {@code sha256:…}
 * @param tag the entity tag without quotes; empty if there is none, or a weak one
 */
record DigestHeaders(Set<String> digests, String tag) {
  private static final Pattern PAIR =
      Pattern.compile("(?i)(sha-256|sha-512)\\s*=\\s*:?([A-Za-z0-9+/]+=*):?");
  private static final Pattern STRONG_TAG = Pattern.compile("\"([^\"]*)\"");

  /** Reads a response's headers; those of an encoded one are of other bytes. */
  static DigestHeaders of(HttpHeaders headers) {
    Set<String> digests = new TreeSet<>();
    if (isEncoded(headers)) {
      return new DigestHeaders(digests, "");
    }
    for (String name : new String[] {"repr-digest", "digest"}) {
      for (String value : headers.allValues(name)) {
        Matcher pair = PAIR.matcher(value);
        while (pair.find()) {
          hex(pair.group(2))
              .map(pair.group(1).toLowerCase(Locale.ROOT).replace("-", "").concat(":")::concat)
              .filter(ContentHash::isKnown)
              .ifPresent(digests::add);
        }
      }
    }
    headers
        .firstValue("docker-content-digest")
        .filter(ContentHash::isKnown)
        .ifPresent(digests::add);
    Matcher tag = STRONG_TAG.matcher(headers.firstValue("etag").orElse("").strip());
    return new DigestHeaders(digests, tag.matches() ? tag.group(1) : "");
  }

  static boolean isEncoded(HttpHeaders headers) {
    return headers
        .firstValue("content-encoding")
        .filter(each -> !each.equals("identity"))
        .isPresent();
  }

  boolean confirm(String digest) {
    return digests.contains(digest)
        || tag.equals(digest)
        || !tag.isEmpty() && digest.equals(ContentHash.SHA256 + tag);
  }

  /** A digest by the same algorithm that is another one. */
  Optional<String> contradiction(String digest) {
    String algorithm = digest.substring(0, digest.indexOf(':') + 1);
    return digests.stream()
        .filter(each -> each.startsWith(algorithm) && !each.equals(digest))
        .findFirst();
  }

  private static Optional<String> hex(String base64) {
    try {
      return Optional.of(HexFormat.of().formatHex(Base64.getDecoder().decode(base64)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
