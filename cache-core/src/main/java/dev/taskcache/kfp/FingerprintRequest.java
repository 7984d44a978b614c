package dev.taskcache.kfp;

import dev.taskcache.key.Forms;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.JsonForm;
import dev.taskcache.key.Place;
import org.jspecify.annotations.Nullable;

/** What a fingerprint is asked of. */
sealed interface FingerprintRequest {
  int MOST_CHARACTERS = 100_000_000;

  KfpFingerprint fingerprint(KfpRelease release);

  /** A key that the driver derives from a task. */
  record Derived(CacheKeyMessage key) implements FingerprintRequest {
    @Override
    public KfpFingerprint fingerprint(KfpRelease release) {
      return KfpFingerprint.v2(CacheKeyWriter.bytes(key.withoutUnknownLogs(release), release));
    }
  }

  /** A key that somebody chose. */
  record Custom(String component, String key) implements FingerprintRequest {
    @Override
    public KfpFingerprint fingerprint(KfpRelease release) {
      return KfpFingerprint.ofCustomKey(component, key);
    }
  }

  /** What counts of an Argo template, and the pod's namespace where it is known. */
  record Template(InputValue.MapValue kept, @Nullable String namespace)
      implements FingerprintRequest {
    @Override
    public KfpFingerprint fingerprint(KfpRelease release) {
      GoJson json = new GoJson(release.writesShortEscapes());
      if (namespace != null && release.hashesNamespace()) {
        json.mark('{').key("namespace").text(namespace).key("template");
        json.value(kept, Place.root()).mark('}');
      } else {
        json.value(kept, Place.root());
      }
      return KfpFingerprint.v1(json.bytes());
    }
  }

  static FingerprintRequest read(String json) {
    ProtoMessage request =
        ProtoMessage.of(
            parse(json),
            Place.root(),
            "cacheKey",
            "componentRef",
            "customKey",
            "template",
            "namespace");
    String kind = request.oneOf("cacheKey", "customKey", "template");
    if (kind == null) {
      throw new InvalidRequestException(
          Place.root(), "has none of cacheKey, customKey and template; give one");
    }
    belongs(request, "componentRef", "customKey", kind);
    belongs(request, "namespace", "template", kind);
    return switch (kind) {
      case "cacheKey" ->
          new Derived(
              request.message(
                  kind,
                  CacheKeyReader::read,
                  CacheKeyReader.read(InputValue.MapValue.EMPTY, Place.root())));
      case "customKey" -> new Custom(named(request, "componentRef"), named(request, "customKey"));
      default ->
          new Template(
              request.message(kind, ArgoTemplate::of, InputValue.MapValue.EMPTY),
              request.optional("namespace", (text, at) -> Texts.name(Forms.text(text, at), at)));
    };
  }

  /** Reads JSON as Kubeflow would: its numbers are doubles, and -0 is one. */
  static InputValue parse(String json) {
    if (json.length() > MOST_CHARACTERS) {
      throw new InvalidRequestException(
          Place.root(),
          "has more than " + MOST_CHARACTERS + " characters; no workflow can be so large");
    }
    return JsonForm.parse(json, ProtoNumbers::read);
  }

  private static void belongs(ProtoMessage request, String field, String to, String kind) {
    if (!kind.equals(to) && request.oneOf(field) != null) {
      throw new InvalidRequestException(
          Place.of(field), "belongs to " + to + ", not to " + kind + "; take it out");
    }
  }

  private static String named(ProtoMessage request, String field) {
    String name = request.optional(field, (text, at) -> Texts.name(Forms.text(text, at), at));
    if (name == null) {
      throw new InvalidRequestException(Place.of(field), "is missing; give it");
    }
    return name;
  }
}
