package dev.taskcache.kfp;

import dev.taskcache.key.EnvVar;
import dev.taskcache.key.InputValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Fills in the placeholders of a process for one execution. */
final class Renderer {
  private final KfpTask.Facts facts;
  private final KfpPaths paths;
  private final Container container;

  Renderer(KfpTask.Facts facts, KfpPaths paths) {
    this.facts = facts;
    this.paths = paths;
    this.container = (Container) facts.component().body();
  }

  KfpCommand command(List<EnvVar> variables) {
    Map<String, String> env = new LinkedHashMap<>();
    for (int i = 0; i < variables.size(); i++) {
      env.put(variables.get(i).name(), container.env().get(i).value().fill(this::fill));
    }
    return new KfpCommand(words(container.command()), words(container.args()), env);
  }

  private List<String> words(Container.Words words) {
    List<String> rendered = new ArrayList<>();
    words.parsed().forEach(word -> rendered.addAll(words(word)));
    return rendered;
  }

  /** What one word of the file becomes: outside of Concat, a branch is as many words as it has. */
  private List<String> words(Argument argument) {
    if (argument instanceof Argument.Word word) {
      return List.of(word.template().fill(this::fill));
    } else if (argument instanceof Argument.Concat concat) {
      StringBuilder joined = new StringBuilder();
      concat.parts().forEach(part -> words(part).forEach(joined::append));
      return List.of(joined.toString());
    }
    Argument.IfPresent choice = (Argument.IfPresent) argument;
    boolean there =
        facts.parameters().containsKey(choice.input())
            || facts.artifacts().containsKey(choice.input());
    return (there ? choice.then() : choice.otherwise())
        .stream().flatMap(part -> words(part).stream()).toList();
  }

  private String fill(Placeholder placeholder) {
    String text =
        switch (placeholder.kind()) {
          case EVERYTHING -> new ExecutorInput(facts, paths, this::placed).json();
          case INPUT_PARAMETER -> parameter(placeholder.name());
          case OUTPUT_PARAMETER -> paths.outputParameterFile(placeholder.name());
          case INPUT_ARTIFACT -> inputArtifact(placeholder);
          case OUTPUT_ARTIFACT -> outputArtifact(placeholder);
          case OUTPUT_FILE -> paths.executorOutputFile();
          default -> place(placeholder);
        };
    return Escapes.of(text, placeholder.escapes());
  }

  /** A parameter's text; an absent one is the text {@code null}, as in Kubeflow's local runner. */
  private String parameter(String name) {
    InputValue value = facts.parameters().get(name);
    return value == null ? "null" : JsonText.ofParameter(placed(value));
  }

  /** A value, the places in its texts filled in, which only the executor knows. */
  private InputValue placed(InputValue value) {
    return Template.fill(
        value,
        facts.task().spot(),
        each -> RunFacts.PLACES.contains(each.name()) ? place(each) : each.text());
  }

  private String place(Placeholder placeholder) {
    return switch (placeholder.name()) {
      case "workspace_path" -> paths.workspace();
      case "pipeline_root" -> paths.pipelineRoot();
      default -> facts.run().text(placeholder, facts.task().name(), facts.path());
    };
  }

  private String inputArtifact(Placeholder placeholder) {
    InputValue value = facts.artifacts().get(placeholder.name());
    if (value instanceof InputValue.ListValue list && !list.elements().isEmpty()) {
      value = list.elements().get(0);
    }
    if (!(value instanceof InputValue.Artifact artifact)) {
      return "null";
    }
    String path = paths.inputArtifactPath(placeholder.name(), 0, artifact);
    return switch (placeholder.attribute()) {
      case "uri" -> Objects.requireNonNullElse(artifact.uri(), path);
      case "name" -> placeholder.name();
      case "metadata" -> JsonText.json(artifact.metadata());
      case "value" -> content(path);
      case "path", "" -> path;
      default -> metadata(artifact.metadata(), placeholder.attribute());
    };
  }

  private String outputArtifact(Placeholder placeholder) {
    return switch (placeholder.attribute()) {
      case "uri" -> paths.outputArtifactUri(placeholder.name());
      case "name" -> placeholder.name();
      case "path", "" -> paths.outputArtifactPath(placeholder.name());
      default -> metadata(InputValue.MapValue.EMPTY, placeholder.attribute());
    };
  }

  private static String metadata(InputValue.MapValue metadata, String attribute) {
    String key = attribute.substring(attribute.indexOf(':') + 1);
    InputValue value = metadata.entries().get(key);
    return value == null ? "null" : JsonText.ofParameter(value);
  }

  private static String content(String path) {
    try {
      return Files.readString(Path.of(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
