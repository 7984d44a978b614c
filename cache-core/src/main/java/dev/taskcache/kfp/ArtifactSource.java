package dev.taskcache.kfp;

/** Where a task's input artifact comes from. */
sealed interface ArtifactSource {

  /** An input of the pipeline, or sub-pipeline, that the task is part of. */
  record Input(String name, Spot spot) implements ArtifactSource {}

  /** An output of a task beside it. */
  record Output(String task, String key, Spot spot) implements ArtifactSource {}

  static ArtifactSource read(Field field) {
    Field output = field.get("taskOutputArtifact");
    if (output != null) {
      return new Output(
          output.require("producerTask", "name the task").text(),
          output.require("outputArtifactKey", "name the task's output").text(),
          field.spot());
    }
    Field input = field.get("componentInputArtifact");
    if (input != null) {
      return new Input(input.text(), field.spot());
    }
    throw field
        .spot()
        .error("has no known source; write taskOutputArtifact or componentInputArtifact");
  }
}
