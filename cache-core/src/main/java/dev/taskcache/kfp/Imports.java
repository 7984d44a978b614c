package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** The artifacts of importers. */
final class Imports {
  /** The metadata that tells an artifact that is imported anew in each run from earlier ones. */
  static final String IMPORTED_IN = "taskcache.importedInRun";

  private Imports() {}

  static InputValue artifact(Importer importer, KfpTask.Facts about) {
    ParameterSource source = importer.uri().source();
    InputValue uri =
        source instanceof ParameterSource.Input input
            ? about.parameters().getOrDefault(input.name(), InputValue.Null.NULL)
            : Template.fill(
                ((ParameterSource.Constant) source).value(),
                importer.uri().spot(),
                about::fillParameter);
    if (!(uri instanceof InputValue.Text text) || text.value().isEmpty()) {
      throw importer.uri().spot().error("nothing has arrived as the artifact's URI");
    }
    InputValue filled = Template.fill(importer.metadata(), importer.spot(), about::fillParameter);
    Map<String, InputValue> metadata = new LinkedHashMap<>();
    if (filled instanceof InputValue.MapValue map) {
      metadata.putAll(map.entries());
    }
    if (importer.again()) {
      metadata.put(IMPORTED_IN, new InputValue.Text(about.run().runId()));
    }
    return new InputValue.Artifact(
        importer.type(), null, text.value(), new InputValue.MapValue(metadata));
  }
}
