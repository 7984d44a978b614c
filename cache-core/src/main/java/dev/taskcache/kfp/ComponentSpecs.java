package dev.taskcache.kfp;

import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.ImageRef;
import dev.taskcache.key.InputSpec;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The components of a run as a cache sees them, each made once. Not thread-safe. */
final class ComponentSpecs {
  /** What identifies a process that only its image describes. */
  private static final String ENTRYPOINT = "image entrypoint";

  private final Map<List<Object>, ComponentSpec> made = new HashMap<>();
  private final Map<String, OutputSchema> outputs = new HashMap<>();

  ComponentSpec of(
      KfpTask.Facts about,
      KfpTask.Process process,
      ImageRef image,
      Map<String, InputValue> platform) {
    boolean custom = about.task().caching().key() != null;
    return made.computeIfAbsent(
        List.of(about.component().name(), image, process.env(), platform, custom),
        key -> {
          ComponentSpec.Builder builder =
              ComponentSpec.builder()
                  .label(about.component().label())
                  .image(image)
                  .command(process.command())
                  .args(process.args())
                  .env(process.env())
                  .platform(platform)
                  .declaredInputs(inputs(about.component()));
          if (process.command().isEmpty()) {
            builder.name(custom ? about.component().label() : ENTRYPOINT);
          }
          return builder.build();
        });
  }

  /** An importer, which has no process; it is never cached. */
  ComponentSpec importer(Component component) {
    return ComponentSpec.builder()
        .name("importer")
        .label(component.label())
        .declaredInputs(inputs(component))
        .build();
  }

  OutputSchema outputs(Component component) {
    return outputs.computeIfAbsent(
        component.name(),
        name -> {
          Map<String, ValueType> types = new HashMap<>(KfpTask.outputParameters(component));
          types.putAll(KfpTask.outputArtifacts(component));
          return OutputSchema.of(types);
        });
  }

  /** Artifacts are declared as anything: Kubeflow lets the general type stand for every other. */
  private static Map<String, InputSpec> inputs(Component component) {
    Map<String, InputSpec> inputs = new HashMap<>();
    component
        .inputs()
        .parameters()
        .forEach(
            (name, each) ->
                inputs.put(
                    name,
                    new InputSpec(each.type().valueType(), each.defaultValue(), each.optional())));
    component
        .inputs()
        .artifacts()
        .forEach(
            (name, each) ->
                inputs.put(
                    name,
                    new InputSpec(
                        each.list()
                            ? new ValueType.ListType(ValueType.Scalar.ANY)
                            : ValueType.Scalar.ANY,
                        null,
                        each.optional())));
    if (component.body() instanceof Container container) {
      container
          .undeclared(component.inputs())
          .forEach(name -> inputs.put(name, InputSpec.optional(ValueType.Scalar.ANY)));
    }
    return inputs;
  }
}
