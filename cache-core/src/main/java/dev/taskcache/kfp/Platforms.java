package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What else changes the results of a process, its names resolved. */
final class Platforms {
  private final RunFacts facts;
  private final Task task;
  private final Group around;
  private final TreeSet<String> volumes = new TreeSet<>(GoJson.BYTE_ORDER);
  private @Nullable Resolved missing;

  Platforms(RunFacts facts, Task task, Group around) {
    this.facts = facts;
    this.task = task;
    this.around = around;
  }

  /** The entries; incomplete if then something is {@link #missing}. */
  Map<String, InputValue> entries(Container container, Map<String, InputValue> parameters) {
    Map<String, InputValue> entries = new LinkedHashMap<>(facts.platform());
    container.platform().volumes().forEach(each -> name(each).ifPresent(volumes::add));
    if (!volumes.isEmpty()) {
      entries.put("pvcNames", InputValue.of(volumes.stream().toList()));
    }
    Map<String, List<InputValue>> sources = new TreeMap<>();
    for (PlatformSpec.Source source : container.platform().sources()) {
      name(source.name())
          .ifPresent(
              name ->
                  sources
                      .computeIfAbsent(source.kind(), kind -> new ArrayList<>())
                      .add(
                          new InputValue.ListValue(
                              List.of(new InputValue.Text(name), source.details()))));
    }
    sources.forEach((kind, list) -> entries.put(kind, new InputValue.ListValue(list)));
    Template accelerator = container.accelerator();
    if (accelerator != null) {
      String type = accelerator.fill(each -> KfpTask.Facts.fill(each, parameters));
      entries.put("acceleratorType", new InputValue.Text(type));
    }
    if (container
        .placeholders()
        .anyMatch(each -> each.placeholder().kind() == Placeholder.Kind.TASK_NAME)) {
      entries.put("taskName", new InputValue.Text(task.name()));
    }
    return entries;
  }

  /** The names of mounted volume claims, once the entries were asked for. */
  List<String> volumes() {
    return List.copyOf(volumes);
  }

  /** A name that is not there yet, or never will be. */
  Optional<Resolved> missing() {
    return Optional.ofNullable(missing);
  }

  private Optional<String> name(ParameterSource.Binding binding) {
    Resolved resolved = InputResolver.name(binding, task, around, facts);
    if (resolved instanceof Resolved.Known known) {
      return Optional.of(JsonText.ofParameter(known.value()));
    } else if (resolved != Resolved.Absent.ABSENT) {
      missing = resolved;
    }
    return Optional.empty();
  }
}
