package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.util.Map;
import java.util.TreeMap;

/**
 * A digest of each component of a file, over what the file says of it and of its executor. Neither
 * the order of keys nor YAML or JSON counts, nor what its executor is called.
 */
final class ComponentDigests {
  /** What Kubeflow calls the component that is the whole pipeline. */
  private static final String ROOT = "root";

  private final Spec spec;
  private final Field pipeline;
  private final Map<String, Field> executors;
  private final Map<String, Field> platforms;
  private final Map<String, String> digests = new TreeMap<>();

  private ComponentDigests(Spec spec, Documents documents) {
    this.spec = spec;
    this.pipeline = documents.pipeline();
    Field deployment = pipeline.get("deploymentSpec");
    this.executors = deployment == null ? Map.of() : deployment.entries("executors");
    Field platform = documents.platform();
    this.platforms = platform == null ? Map.of() : platform.entries("platforms");
  }

  /** By name. That of the root is without the components that it uses, which have their own. */
  static Map<String, String> of(Spec spec, Documents documents) {
    ComponentDigests digests = new ComponentDigests(spec, documents);
    Map<String, Field> components = digests.pipeline.entries("components");
    components.keySet().forEach(name -> digests.of(name, components));
    Field root = digests.pipeline.get(ROOT);
    if (root != null && !components.containsKey(ROOT)) {
      digests.digests.put(ROOT, PlanDocument.digest(digests.own(root)));
    }
    return digests.digests;
  }

  private String of(String name, Map<String, Field> components) {
    String known = digests.get(name);
    Field field = components.get(name);
    if (known != null || field == null) {
      return known == null ? "" : known;
    }
    InputValue whole = own(field);
    if (spec.component(name).body() instanceof Graph graph) {
      Map<String, InputValue> inner = new TreeMap<>();
      graph
          .tasks()
          .values()
          .forEach(
              task ->
                  inner.put(
                      task.component(), new InputValue.Text(of(task.component(), components))));
      whole = PlanEdits.with(whole, "components", new InputValue.MapValue(inner));
    }
    String digest = PlanDocument.digest(whole);
    digests.put(name, digest);
    return digest;
  }

  /** The component with its executor in place of the executor's name. */
  private InputValue own(Field component) {
    Map<String, InputValue> fields = new TreeMap<>();
    component.entries().forEach((name, field) -> fields.put(name, field.value()));
    fields.remove("executorLabel");
    Map<String, InputValue> whole = new TreeMap<>();
    whole.put("component", new InputValue.MapValue(fields));
    String label = component.text("executorLabel");
    Field executor = label == null ? null : executors.get(label);
    if (label != null && executor != null) {
      whole.put("executor", executor.value());
      platforms.forEach(
          (platform, field) -> {
            Field deployment = field.get("deploymentSpec");
            Field own = deployment == null ? null : deployment.entries("executors").get(label);
            if (own != null) {
              whole.put("platform " + platform, own.value());
            }
          });
    }
    return new InputValue.MapValue(whole);
  }
}
