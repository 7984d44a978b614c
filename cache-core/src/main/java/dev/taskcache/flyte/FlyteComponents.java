package dev.taskcache.flyte;

import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.EnvVar;
import dev.taskcache.key.ImageRef;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InputValue.MapValue;
import dev.taskcache.key.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the component of a task template and its node's overrides. */
final class FlyteComponents {
  private final Message template;
  private final Message overrides;
  private final Map<String, InputValue> platform = new LinkedHashMap<>();
  private final ComponentSpec.Builder builder;

  private FlyteComponents(Message template, Message overrides, FlyteInterface types) {
    this.template = template;
    this.overrides = overrides;
    this.builder = named(template, types);
    put("interface", types.typeDigest());
  }

  /** A component that its name and interface say all about. */
  static ComponentSpec byName(Message template, FlyteInterface types) {
    return named(template, types)
        .platform(Map.of("interface", InputValue.of(types.typeDigest())))
        .build();
  }

  static ComponentSpec whole(Message template, Message overrides, FlyteInterface types) {
    return new FlyteComponents(template, overrides, types).build();
  }

  private static ComponentSpec.Builder named(Message template, FlyteInterface types) {
    return ComponentSpec.builder()
        .name(template.message("id").text("name"))
        .declaredInputs(types.declaredInputs());
  }

  private ComponentSpec build() {
    put("taskType", template.text("type"));
    if (template.has("task_type_version")) {
      platform.put("taskTypeVersion", InputValue.of(template.number("task_type_version")));
    }
    put("custom", MessageValues.of(template.message("custom")));
    put("config", InputValue.of(template.map("config")));
    put("podTemplateName", template.message("metadata").text("pod_template_name"));
    put("podTemplate", MessageValues.of(overrides.message("pod_template")));
    put("secrets", secrets());
    put("connection", template.message("security_context").text("connection_ref"));
    put("accelerator", accelerator());
    ProtoField target = template.which("target");
    if (target != null) {
      switch (target.name()) {
        case "container" -> container(template.message("container"));
        case "k8s_pod" -> pod(template.message("k8s_pod"));
        default -> put("sql", MessageValues.of(template.message("sql")));
      }
    }
    return builder.platform(platform).build();
  }

  private InputValue accelerator() {
    Message override = overrides.message("extended_resources").message("gpu_accelerator");
    return MessageValues.of(
        override.isEmpty()
            ? template.message("extended_resources").message("gpu_accelerator")
            : override);
  }

  /** Which secrets it sees: never their values, which no template has. */
  private InputValue secrets() {
    List<Message> secrets = template.message("security_context").list("secrets");
    return new InputValue.ListValue(secrets.stream().map(MessageValues::of).toList());
  }

  private void container(Message container) {
    Place place = Place.of("container");
    image(container.text("image"), place.field("image"));
    builder.command(container.list("command")).args(container.list("args"));
    List<EnvVar> env = new ArrayList<>();
    for (Message pair : container.<Message>list("env")) {
      env.add(
          place
              .field("env")
              .index(env.size())
              .locate(() -> new EnvVar(pair.text("key"), pair.text("value"))));
    }
    builder.env(env);
    put("architecture", container.has("architecture") ? container.choice("architecture") : "");
    put("dataConfig", MessageValues.of(container.message("data_config")));
    List<Message> config = container.list("config");
    put(
        "containerConfig",
        new InputValue.ListValue(config.stream().map(MessageValues::of).toList()));
  }

  private void pod(Message pod) {
    String primary = pod.text("primary_container_name");
    Object configured = template.map("config").get("primary_container_name");
    if (primary.isEmpty() && configured instanceof String name) {
      primary = name;
    }
    PodSpec spec = PodSpec.of((MapValue) MessageValues.of(pod.message("pod_spec")), primary);
    image(spec.image(), Place.of("k8sPod").field("podSpec"));
    builder.command(spec.command()).args(spec.args());
    put("pod", spec.rest());
    put("primaryContainer", primary);
    put("dataConfig", MessageValues.of(pod.message("data_config")));
  }

  /** A node may replace the image. */
  private void image(String image, Place place) {
    String override = overrides.text("container_image");
    String reference = override.isEmpty() ? image : override;
    if (!reference.isEmpty()) {
      builder.image(place.locate(() -> ImageRef.parse(reference)));
    }
  }

  private void put(String name, String text) {
    if (!text.isEmpty()) {
      platform.put(name, InputValue.of(text));
    }
  }

  private void put(String name, InputValue value) {
    boolean empty =
        value instanceof MapValue map && map.entries().isEmpty()
            || value instanceof InputValue.ListValue list && list.elements().isEmpty();
    if (!empty) {
      platform.put(name, value);
    }
  }
}
