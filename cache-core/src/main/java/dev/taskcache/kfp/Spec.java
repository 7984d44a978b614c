package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a compiled pipeline says.
 *
 * @param sdk which SDK compiled it, and where the file says so; null if it does not
 * @param components by name; the root is {@link Component#ROOT}
 */
record Spec(String file, String name, @Nullable Sdk sdk, Map<String, Component> components) {
  private static final Pattern NUMBERED = Pattern.compile("(.+)-[0-9]+");

  /** The SDK's version as the file has it, for instance {@code kfp-2.14.6}. */
  record Sdk(String version, Spot spot) {}

  Component root() {
    return component(Component.ROOT);
  }

  Component component(String name) {
    Component component = components.get(name);
    if (component == null) {
      throw new IllegalArgumentException(name);
    }
    return component;
  }

  static Spec read(Documents documents) {
    Field pipeline = documents.pipeline();
    Field info = pipeline.require("pipelineInfo", "write pipelineInfo: {name: …}");
    String name = info.require("name", "name the pipeline").text();
    Field root = pipeline.require("root", "write the pipeline's tasks under root.dag");
    Map<String, Component.Body> executors = executors(pipeline, documents.platform());
    Map<String, Field> fields = pipeline.entries("components");
    Map<String, Component> components = new TreeMap<>();
    components.put(Component.ROOT, component(Component.ROOT, name, root, executors));
    fields.forEach(
        (key, field) -> components.put(key, component(key, label(key, fields), field, executors)));
    Spec spec = new Spec(pipeline.spot().file(), name, sdk(pipeline), TaskOrder.sorted(components));
    Nesting.check(spec);
    SpecCheck.check(spec);
    return spec;
  }

  private static @Nullable Sdk sdk(Field pipeline) {
    Field version = pipeline.get("sdkVersion");
    return version != null && version.value() instanceof InputValue.Text text
        ? new Sdk(text.value(), version.spot())
        : null;
  }

  private static Component component(
      String name, String label, Field field, Map<String, Component.Body> executors) {
    return new Component(
        name,
        label,
        Signature.read(field, "inputDefinitions"),
        Signature.read(field, "outputDefinitions"),
        body(field, executors),
        field.spot());
  }

  private static Component.Body body(Field component, Map<String, Component.Body> executors) {
    Field dag = component.get("dag");
    if (dag != null) {
      return GraphReader.read(dag);
    }
    Field label = component.require("executorLabel", "write executorLabel, or dag");
    Component.Body executor = executors.get(label.text());
    if (executor == null) {
      throw label
          .spot()
          .error(
              "there is no executor \""
                  + label.text()
                  + "\"; write one of deploymentSpec.executors: "
                  + new TreeMap<>(executors).keySet());
    }
    return executor;
  }

  private static Map<String, Component.Body> executors(Field pipeline, @Nullable Field platforms) {
    Map<String, Field> configurations = platforms == null ? Map.of() : platformExecutors(platforms);
    Map<String, Component.Body> executors = new LinkedHashMap<>();
    Field deployment = pipeline.get("deploymentSpec");
    if (deployment != null) {
      deployment
          .entries("executors")
          .forEach((name, field) -> executors.put(name, executor(field, configurations.get(name))));
    }
    return executors;
  }

  private static Map<String, Field> platformExecutors(Field document) {
    Field platforms = document.require("platforms", "write platforms: {kubernetes: …}");
    Field kubernetes = platforms.get("kubernetes");
    Field deployment = kubernetes == null ? null : kubernetes.get("deploymentSpec");
    return deployment == null ? Map.of() : deployment.entries("executors");
  }

  private static Component.Body executor(Field executor, @Nullable Field platform) {
    Field container = executor.get("container");
    if (container != null) {
      return Container.read(container, PlatformSpec.read(platform));
    }
    Field importer = executor.get("importer");
    if (importer != null) {
      return Importer.read(importer);
    }
    throw executor
        .spot()
        .error("is neither container nor importer; other executors do not run outside Vertex AI");
  }

  /** The component after which the compiler called another of that name, which got a number. */
  static Optional<String> unnumbered(String name, Set<String> all) {
    Matcher numbered = NUMBERED.matcher(name);
    return numbered.matches() && all.contains(numbered.group(1))
        ? Optional.of(numbered.group(1))
        : Optional.empty();
  }

  /**
   * What people call a component: the compiler puts {@code comp-} before each name, and numbers
   * those that are there already.
   */
  private static String label(String name, Map<String, Field> all) {
    String base = unnumbered(name, all.keySet()).orElse(name);
    return base.startsWith("comp-") && base.length() > 5 ? base.substring(5) : base;
  }
}
