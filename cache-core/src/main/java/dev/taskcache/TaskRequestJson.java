package dev.taskcache;

import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.EnvVar;
import dev.taskcache.key.Forms;
import dev.taskcache.key.ImageRef;
import dev.taskcache.key.InputSpec;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.JsonForm;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.Place;
import dev.taskcache.key.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads requests from JSON ({@code docs/key-format.md}, section 8). */
final class TaskRequestJson {
  private static final Set<String> FIELDS =
      Set.of(
          "namespace",
          "run",
          "task",
          "pipeline",
          "component",
          "inputs",
          "outputs",
          "definitions",
          "version",
          "policies",
          "custom",
          "ignoredInputs");
  private static final Set<String> COMPONENT_FIELDS =
      Set.of("name", "label", "image", "command", "args", "env", "platform", "inputs");

  private TaskRequestJson() {}

  static TaskRequest read(String json) {
    Fields fields = Fields.of(JsonForm.parse(json), FIELDS, Place.root());
    Fields component =
        Fields.of(fields.required("component"), COMPONENT_FIELDS, fields.at("component"));
    TaskRequest.Builder request = TaskRequest.builder(component(component));
    fields.ifText("namespace", request::namespace);
    fields.ifText("version", request::version);
    fields.ifText("custom", request::customKey);
    fields.values("inputs").forEach(request::input);
    fields.values("policies").forEach(request::policy);
    request.outputs(OutputSchema.of(fields.types("outputs"), fields.types("definitions")));
    request.ignoringInputs(fields.texts("ignoredInputs"));
    request.identity(
        new TaskIdentity(fields.text("pipeline"), fields.text("run"), fields.text("task")));
    return request.build();
  }

  private static ComponentSpec component(Fields fields) {
    ComponentSpec.Builder component = ComponentSpec.builder();
    fields.ifText("name", component::name);
    fields.ifText("label", component::label);
    component.command(fields.texts("command"));
    component.args(fields.texts("args"));
    component.env(env(fields));
    component.platform(fields.values("platform"));
    InputValue image = fields.get("image");
    if (image != null) {
      component.image(image(image, fields.at("image")));
    }
    Map<String, InputSpec> declared = new LinkedHashMap<>();
    fields
        .map("inputs")
        .forEach((name, form) -> declared.put(name, input(form, fields.at("inputs").field(name))));
    return component.declaredInputs(declared).build();
  }

  private static ImageRef image(InputValue image, Place place) {
    if (image instanceof InputValue.Text reference) {
      return place.locate(() -> ImageRef.parse(reference.value()));
    }
    Fields fields = Fields.of(image, Set.of("tag"), place);
    String tag = Forms.text(fields.required("tag"), fields.at("tag"));
    return fields.at("tag").locate(() -> new ImageRef.TagByName(tag));
  }

  private static List<EnvVar> env(Fields fields) {
    List<EnvVar> env = new ArrayList<>();
    for (InputValue pair : fields.list("env")) {
      Place place = fields.at("env").index(env.size());
      List<InputValue> parts = Forms.list(pair, place);
      if (parts.size() != 2) {
        throw new InvalidRequestException(place, "must be a list of a name and a value");
      }
      String name = Forms.text(parts.get(0), place.index(0));
      String value = Forms.text(parts.get(1), place.index(1));
      env.add(place.locate(() -> new EnvVar(name, value)));
    }
    return env;
  }

  private static InputSpec input(InputValue form, Place place) {
    Fields fields = Fields.of(form, Set.of("type", "default", "optional"), place);
    ValueType type = ValueType.read(fields.required("type"), fields.at("type"));
    InputValue given = fields.get("default");
    InputValue value = given == null ? null : JsonForm.decode(given, fields.at("default"));
    InputValue flag = fields.get("optional");
    boolean optional = flag != null && Forms.bool(flag, fields.at("optional"));
    return place.locate(() -> new InputSpec(type, value, optional));
  }

  /** The fields of a JSON object, none of which is unknown. */
  private record Fields(Map<String, InputValue> entries, Place place) {

    static Fields of(InputValue object, Set<String> known, Place place) {
      Map<String, InputValue> entries = Forms.map(object, place);
      Forms.onlyFields(entries, known, place);
      return new Fields(entries, place);
    }

    Place at(String name) {
      return place.field(name);
    }

    @Nullable InputValue get(String name) {
      return entries.get(name);
    }

    InputValue required(String name) {
      InputValue field = entries.get(name);
      if (field == null) {
        throw new InvalidRequestException(at(name), "is missing; give it");
      }
      return field;
    }

    @Nullable String text(String name) {
      InputValue field = entries.get(name);
      return field == null ? null : Forms.text(field, at(name));
    }

    void ifText(String name, Consumer<String> consumer) {
      String text = text(name);
      if (text != null) {
        consumer.accept(text);
      }
    }

    Map<String, InputValue> map(String name) {
      InputValue field = entries.get(name);
      return field == null ? Map.of() : Forms.map(field, at(name));
    }

    List<InputValue> list(String name) {
      InputValue field = entries.get(name);
      return field == null ? List.of() : Forms.list(field, at(name));
    }

    List<String> texts(String name) {
      List<String> texts = new ArrayList<>();
      for (InputValue element : list(name)) {
        texts.add(Forms.text(element, at(name).index(texts.size())));
      }
      return texts;
    }

    Map<String, InputValue> values(String name) {
      Map<String, InputValue> values = new LinkedHashMap<>();
      map(name).forEach((key, json) -> values.put(key, JsonForm.decode(json, at(name).field(key))));
      return values;
    }

    Map<String, ValueType> types(String name) {
      Map<String, ValueType> types = new LinkedHashMap<>();
      map(name).forEach((key, form) -> types.put(key, ValueType.read(form, at(name).field(key))));
      return types;
    }
  }
}
