package dev.taskcache.flyte;

import dev.taskcache.flyte.FlyteDifference.Kind;
import dev.taskcache.key.Place;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds where Flyte's remote and local cache part. */
final class Agreement {
  private final List<FlyteDifference> differences = new ArrayList<>();
  private final Set<Kind> found = EnumSet.noneOf(Kind.class);

  private Agreement() {}

  static List<FlyteDifference> differences(
      String task, FlyteCaching caching, FlyteInterface types, Message counted) {
    Agreement agreement = new Agreement();
    agreement.ofTask(task, caching, types);
    agreement.ofValue(counted, Place.root());
    return List.copyOf(agreement.differences);
  }

  private void ofTask(String task, FlyteCaching caching, FlyteInterface types) {
    if (types.outputs().isEmpty()) {
      add(
          Kind.VOID_TASK,
          "It has no outputs: the cluster never stores its result and runs it each time, a local"
              + " run stores it and hits.");
    }
    if (caching.serialize()) {
      add(Kind.SERIALIZE, "It is serialized: in the cluster only; two local runs both execute.");
    }
    add(
        Kind.PROJECT_AND_DOMAIN,
        "Project and domain are in the remote key only; locally one folder serves all of them.");
    if (!types.inputs().isEmpty() || !types.outputs().isEmpty()) {
      add(
          Kind.INTERFACE,
          "Names and types of inputs and outputs are in the remote key only: when a type changes,"
              + " the cluster misses, and a local run decodes the old result into the new type.");
    }
    if (!types.described().isEmpty()) {
      add(
          Kind.DESCRIPTIONS,
          "The descriptions of "
              + types.described()
              + " are in the remote key only: when a docstring is edited, the cluster misses.");
    }
    String version = caching.version();
    if (!version.equals(caching.trimmedVersion())) {
      add(
          Kind.VERSION_SPACES,
          "The spaces around the version \"" + version + "\" are in the local key only.");
    }
    if (task.contains("-") || version.contains("-")) {
      add(
          Kind.LOCAL_KEY_AMBIGUOUS,
          "The local key is \""
              + task
              + "-"
              + version
              + "-…\", which another task name and version may give, too.");
    }
  }

  private void ofValue(Object value, Place place) {
    if (value instanceof Message message) {
      message.forEach((field, each) -> ofField(message, field, each, place));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        ofValue(list.get(i), place.index(i));
      }
    } else if (value instanceof Map<?, ?> map) {
      Utf8Order.sorted(map).forEach((key, each) -> ofValue(each, place.field(key)));
    }
  }

  private void ofField(Message message, ProtoField field, Object value, Place place) {
    Place inside = place.field(field.json());
    if (!(value instanceof Double number)) {
      ofValue(value, inside);
    } else if (number == 0 && Double.compare(number, 0.0) != 0) {
      add(
          Kind.SIGN_OF_ZERO,
          inside + " is -0.0: the remote key takes it for 0.0, the local one does not.");
    } else if (!Double.isFinite(number) && message.type().name().equals(CommonMessages.VALUE)) {
      add(
          Kind.NOT_A_NUMBER,
          inside
              + " is "
              + number
              + ": the remote key takes it for the text \""
              + number
              + "\", the local one does not.");
    }
  }

  /** The first of a kind stands for all of them. */
  private void add(Kind kind, String message) {
    if (found.add(kind)) {
      differences.add(new FlyteDifference(kind, message));
    }
  }
}
