package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;

/**
 * An artifact that lies somewhere already.
 *
 * @param uri where; a constant, or the importer's own input
 * @param type the artifact's type
 * @param metadata what else belongs to it; texts may have placeholders
 * @param again whether it is to be imported anew in each run
 */
record Importer(
    ParameterSource.Binding uri, String type, InputValue metadata, boolean again, Spot spot)
    implements Component.Body {

  static Importer read(Field importer) {
    Field uri = importer.require("artifactUri", "write artifactUri: {constant: …}");
    Field type = importer.get("typeSchema");
    Field metadata = importer.get("metadata");
    return new Importer(
        uri(uri),
        type == null ? "system.Artifact" : Signature.typeName(type),
        metadata == null ? InputValue.MapValue.EMPTY : metadata.value(),
        importer.isTrue("reimport"),
        importer.spot());
  }

  private static ParameterSource.Binding uri(Field uri) {
    Field parameter = uri.get("runtimeParameter");
    ParameterSource source =
        parameter == null
            ? new ParameterSource.Constant(ParameterSource.Binding.constant(uri))
            : new ParameterSource.Input(parameter.text());
    return new ParameterSource.Binding(source, null, uri.spot());
  }
}
