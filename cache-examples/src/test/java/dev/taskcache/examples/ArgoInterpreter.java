package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * Runs a workflow as Argo does, its containers as processes of this machine, and fails where Argo's
 * own validation would: a tag that is not in scope, an input that nobody gives, a dependency that
 * is not there, a name that it does not take.
 */
final class ArgoInterpreter {
  private static final Pattern TAG = Pattern.compile("\\{\\{(.*?)}}");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][-a-zA-Z0-9]{0,127}");
  private static final Pattern PARAMETER = Pattern.compile("[-a-zA-Z0-9_]+");

  private final Path dir;
  private final Map<String, Map<String, Object>> templates = new HashMap<>();
  private final Map<String, String> global = new HashMap<>();

  /** The environment and image of each process, in order. */
  private final List<Map<String, String>> processes = new ArrayList<>();

  ArgoInterpreter(Path dir) {
    this.dir = dir;
  }

  /** The outputs of the entrypoint. */
  Map<String, String> run(String workflow, Map<String, String> parameters) throws Exception {
    Map<String, Object> document = new Yaml().load(workflow);
    assertThat(document)
        .containsOnlyKeys("apiVersion", "kind", "metadata", "spec")
        .containsEntry("apiVersion", "argoproj.io/v1alpha1")
        .containsEntry("kind", "Workflow");
    Map<String, Object> spec = map(document.get("spec"));
    for (Object each : list(spec.get("templates"))) {
      String name = (String) map(each).get("name");
      assertThat(name).matches(NAME);
      assertThat(templates.put(name, map(each))).isNull();
    }
    for (Map<String, Object> each : parameters(spec.get("arguments"))) {
      String name = (String) each.get("name");
      Object value = parameters.getOrDefault(name, (String) each.get("value"));
      assertThat(value).as("argument %s", name).isNotNull();
      global.put("workflow.parameters." + name, (String) value);
    }
    return template((String) spec.get("entrypoint"), Map.of());
  }

  List<Map<String, String>> processes() {
    return processes;
  }

  private Map<String, String> template(String name, Map<String, String> arguments)
      throws Exception {
    Map<String, Object> template = templates.get(name);
    assertThat(template).as("template %s", name).isNotNull();
    Map<String, String> scope = new HashMap<>(global);
    Set<String> given = new HashSet<>(arguments.keySet());
    for (Map<String, Object> input : parameters(template.get("inputs"))) {
      String parameter = (String) input.get("name");
      assertThat(parameter).matches(PARAMETER);
      String value = arguments.getOrDefault(parameter, (String) input.get("value"));
      assertThat(value).as("inputs.parameters.%s of %s", parameter, name).isNotNull();
      scope.put("inputs.parameters." + parameter, value);
      given.remove(parameter);
    }
    assertThat(given).as("arguments that %s does not take", name).isEmpty();
    return template.containsKey("dag")
        ? graph(template, scope)
        : process(map(template.get("container")), parameters(template.get("outputs")), scope);
  }

  private Map<String, String> graph(Map<String, Object> template, Map<String, String> scope)
      throws Exception {
    Map<String, Map<String, Object>> open = new LinkedHashMap<>();
    for (Object task : list(map(template.get("dag")).get("tasks"))) {
      assertThat((String) map(task).get("name")).matches(NAME);
      open.put((String) map(task).get("name"), map(task));
    }
    Set<String> all = Set.copyOf(open.keySet());
    Map<String, Map<String, String>> seen = new HashMap<>();
    Map<String, String> outputs = new HashMap<>(scope);
    while (!open.isEmpty()) {
      String next =
          open.keySet().stream()
              .filter(name -> seen.keySet().containsAll(dependencies(open.get(name), all)))
              .findFirst()
              .orElseThrow();
      Map<String, Object> task = open.remove(next);
      Map<String, String> visible = new HashMap<>(scope);
      dependencies(task, all).forEach(before -> visible.putAll(seen.get(before)));
      Map<String, String> arguments = new HashMap<>();
      for (Map<String, Object> each : parameters(task.get("arguments"))) {
        arguments.put((String) each.get("name"), filled((String) each.get("value"), visible));
      }
      Map<String, String> given = template((String) task.get("template"), arguments);
      given.forEach(
          (name, value) -> visible.put("tasks." + next + ".outputs.parameters." + name, value));
      seen.put(next, visible);
      outputs.putAll(visible);
    }
    Map<String, String> results = new TreeMap<>();
    for (Map<String, Object> each : parameters(template.get("outputs"))) {
      String from = (String) map(each.get("valueFrom")).get("parameter");
      results.put((String) each.get("name"), filled(from, outputs));
    }
    return results;
  }

  private static List<String> dependencies(Map<String, Object> task, Set<String> all) {
    List<String> names = new ArrayList<>();
    list(task.getOrDefault("dependencies", List.of())).forEach(each -> names.add((String) each));
    assertThat(all).containsAll(names);
    return names;
  }

  private Map<String, String> process(
      Map<String, Object> container, List<Map<String, Object>> outputs, Map<String, String> scope)
      throws IOException, InterruptedException {
    Path folder = dir.resolve("process-" + processes.size());
    Files.createDirectories(folder);
    for (Map<String, Object> output : outputs) {
      String name = (String) output.get("name");
      assertThat(map(output.get("valueFrom"))).containsEntry("path", "/tmp/outputs." + name);
      scope.put("outputs.parameters." + name + ".path", folder.resolve(name).toString());
    }
    List<String> words = new ArrayList<>();
    for (String part : List.of("command", "args")) {
      list(container.getOrDefault(part, List.of()))
          .forEach(word -> words.add(filled((String) word, scope)));
    }
    Map<String, String> env = new TreeMap<>();
    for (Object each : list(container.getOrDefault("env", List.of()))) {
      env.put((String) map(each).get("name"), filled((String) map(each).get("value"), scope));
    }
    ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
    builder.environment().putAll(env);
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    env.put("image", filled((String) container.get("image"), scope));
    env.put("arguments", String.join("|", words));
    processes.add(env);
    Map<String, String> results = new TreeMap<>();
    for (Map<String, Object> output : outputs) {
      String name = (String) output.get("name");
      results.put(name, Files.readString(folder.resolve(name)));
    }
    return results;
  }

  private static String filled(String text, Map<String, String> scope) {
    return TAG.matcher(text)
        .replaceAll(
            tag -> {
              assertThat(scope).as(text).containsKey(tag.group(1));
              return Matcher.quoteReplacement(scope.get(tag.group(1)));
            });
  }

  private static List<Map<String, Object>> parameters(Object around) {
    List<Map<String, Object>> parameters = new ArrayList<>();
    if (around != null) {
      list(map(around).get("parameters")).forEach(each -> parameters.add(map(each)));
    }
    return parameters;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private static List<?> list(Object value) {
    return (List<?>) value;
  }
}
