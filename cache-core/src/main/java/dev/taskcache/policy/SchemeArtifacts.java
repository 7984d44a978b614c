package dev.taskcache.policy;

import dev.taskcache.key.InputValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Several verifiers, each for some schemes of URIs (RFC 3986, section 3.1). Asked in the order in
 * which their first artifacts come. Thread-safe as far as they are.
 */
final class SchemeArtifacts implements ArtifactVerifier {
  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*");

  private final Map<String, ArtifactVerifier> schemes;
  private final ArtifactVerifier others;

  SchemeArtifacts(Map<String, ArtifactVerifier> schemes, ArtifactVerifier others) {
    this.schemes = Map.copyOf(schemes);
    this.others = others;
    for (String scheme : this.schemes.keySet()) {
      if (!SCHEME.matcher(scheme).matches()) {
        throw new IllegalArgumentException(
            "\"" + scheme + "\" is no scheme of a URI; write it as in file, https or s3");
      }
    }
  }

  @Override
  public Optional<Fault> verify(List<InputValue.Artifact> artifacts, Verification level) {
    Map<ArtifactVerifier, List<InputValue.Artifact>> parts = new LinkedHashMap<>();
    for (InputValue.Artifact artifact : artifacts) {
      parts.computeIfAbsent(verifier(artifact.uri()), each -> new ArrayList<>()).add(artifact);
    }
    return parts.entrySet().stream()
        .flatMap(part -> part.getKey().verify(part.getValue(), level).stream())
        .findFirst();
  }

  private ArtifactVerifier verifier(@Nullable String uri) {
    int colon = uri == null ? -1 : uri.indexOf(':');
    return uri == null || colon < 0
        ? others
        : schemes.getOrDefault(uri.substring(0, colon).toLowerCase(Locale.ROOT), others);
  }
}
