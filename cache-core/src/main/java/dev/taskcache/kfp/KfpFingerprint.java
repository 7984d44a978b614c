package dev.taskcache.kfp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.taskcache.TaskRequest;
import dev.taskcache.key.CacheKey;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A fingerprint as a Kubeflow installation computes it: the SHA-256 of bytes, which are kept.
 * Immutable and thread-safe. {@link KfpDriver} computes those of tasks.
 *
 * @see <a href="https://github.com/kubeflow/pipelines">Kubeflow Pipelines</a>, from whose behaviour
 *     at its releases all of this was learned
 */
public final class KfpFingerprint {
  /** The scheme of keys of the v1 cache server. */
  public static final String V1 = "kfp1";

  /** The scheme of keys of the v2 driver. */
  public static final String V2 = "kfp2";

  private final String scheme;
  private final byte[] bytes;
  private final String fingerprint;

  private KfpFingerprint(String scheme, byte[] bytes) {
    this.scheme = scheme;
    this.bytes = bytes;
    this.fingerprint = HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /**
   * The fingerprint of what is written as JSON: {@code {"cacheKey": …}} with Kubeflow's CacheKey as
   * proto3 JSON, {@code {"componentRef": …, "customKey": …}}, or {@code {"template": …}} with the
   * template of an Argo workflow, and {@code "namespace"} beside it where the release keys on it.
   *
   * <p>A CacheKey is taken as the driver would have made it: volume claims sorted and once each, of
   * output artifacts only name, type and metadata. What the release knows nothing of is left out;
   * nothing is added, {@code executor-logs} neither.
   *
   * @param json one JSON object
   * @param release what to compute it as
   * @return the fingerprint
   * @throws InvalidRequestException if it is none of the three, has an unknown or duplicate field,
   *     a value that Kubeflow refuses, nests deeper than 2,100 levels, or has more than 100,000,000
   *     characters; with the path
   */
  public static KfpFingerprint fromJson(String json, KfpRelease release) {
    return computed(FingerprintRequest.read(json), release);
  }

  /**
   * The fingerprint of a custom key, which stands for everything but the component.
   *
   * @param componentRef the component's name in the compiled pipeline, for instance {@code
   *     comp-train}; not empty
   * @param customKey {@code cachingOptions.cacheKey}; not empty
   * @return the fingerprint; the same in every release that obeys {@link KfpSwitch#CACHE_KEY}
   * @throws InvalidRequestException if one is empty or has a lone surrogate
   */
  public static KfpFingerprint ofCustomKey(String componentRef, String customKey) {
    String component = Texts.name(componentRef, Place.of("componentRef"));
    String key = Texts.name(customKey, Place.of("customKey"));
    return v2((component + "\0" + key).getBytes(UTF_8));
  }

  /**
   * The key under which the v1 cache server keeps the result of a pod.
   *
   * @param template the template of its Argo workflow (variable {@code ARGO_TEMPLATE} of its first
   *     container), as JSON
   * @param namespace the pod's; null for the key that it had before the namespace was part of it
   * @param release whose key
   * @return the fingerprint
   * @throws InvalidRequestException if the template is not a JSON object, or its container is none
   */
  public static KfpFingerprint ofTemplate(
      String template, @Nullable String namespace, KfpRelease release) {
    return computed(
        new FingerprintRequest.Template(
            ArgoTemplate.of(FingerprintRequest.parse(template), Place.root()),
            namespace == null ? null : Texts.name(namespace, Place.of("namespace"))),
        release);
  }

  /** Writing recurses as deep as values nest, on a stack that may be too small for it. */
  private static KfpFingerprint computed(FingerprintRequest request, KfpRelease release) {
    try {
      return request.fingerprint(release);
    } catch (StackOverflowError e) {
      throw new InvalidRequestException(
          Place.root(), "nested too deeply for this thread's stack; make it flatter", e);
    }
  }

  static KfpFingerprint v1(byte[] bytes) {
    return new KfpFingerprint(V1, bytes);
  }

  static KfpFingerprint v2(byte[] bytes) {
    return new KfpFingerprint(V2, bytes);
  }

  /**
   * What Kubeflow hashes.
   *
   * @return UTF-8, a copy
   */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * What Kubeflow hashes, as text.
   *
   * @return JSON; for a custom key the component's name, U+0000 and the key
   */
  public String text() {
    return new String(bytes, UTF_8);
  }

  /**
   * Whether it is that of a custom key, which some releases do not obey.
   *
   * @return true if it was made from {@code customKey}
   */
  public boolean isCustom() {
    // JSON escapes every zero byte.
    return text().indexOf('\0') >= 0;
  }

  /**
   * The fingerprint as Kubeflow stores it.
   *
   * @return 64 lower-case hexadecimal digits
   */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * The fingerprint as a key of this library's stores.
   *
   * @return of scheme {@link #V1} or {@link #V2}
   */
  public CacheKey key() {
    return CacheKey.parse(scheme + ":" + fingerprint);
  }

  /**
   * Begins a request for the result under this fingerprint, as {@code KfpImport} moved it or an
   * earlier such request stored it.
   *
   * @param component what people call the component, not empty; it is not in the key
   * @return a builder, which takes a namespace, caching options and an identity; all else that
   *     counts is in the fingerprint, and what is given beside it refused
   * @throws InvalidRequestException if the name is empty or has a lone surrogate
   */
  public TaskRequest.Builder request(String component) {
    return TaskRequest.builder(
        ComponentSpec.builder()
            .name(Texts.name(component, Place.of("component")))
            .foreignKey(key())
            .build());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KfpFingerprint that
        && scheme.equals(that.scheme)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return fingerprint.hashCode();
  }

  /**
   * The fingerprint.
   *
   * @return as {@link #fingerprint()}
   */
  @Override
  public String toString() {
    return fingerprint;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
