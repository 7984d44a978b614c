package dev.taskcache.kfp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.Place;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one or two documents of a file.
 *
 * @param pipeline the pipeline itself
 * @param platform what has its {@code platforms}; null if nothing has
 * @param plan whether they are parts of a plan
 */
record Documents(Field pipeline, @Nullable Field platform, boolean plan) {
  static final int MOST_DEPTH = 200;
  static final int MOST_CHARACTERS = 100_000_000;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  static Documents read(String file, byte[] content) {
    try {
      // A decoder of its own refuses what is malformed; that of String replaces it.
      return read(file, UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException e) {
      throw new Spot(file, 1, Place.root()).error("is not UTF-8; compile the pipeline again");
    }
  }

  static Documents read(String file, String content) {
    String text = content.startsWith(BYTE_ORDER_MARK) ? content.substring(1) : content;
    Spot start = new Spot(file, 1, Place.root());
    if (text.length() > MOST_CHARACTERS) {
      throw start.error(
          "has more than "
              + MOST_CHARACTERS
              + " characters; pass data by reference, and not inside the pipeline");
    }
    List<Located> documents =
        (isJson(text) ? JsonDocuments.read(file, text) : yaml(file, text))
            .stream().filter(document -> !isNull(document)).toList();
    if (documents.isEmpty() || documents.size() > 2) {
      throw start.error(
          "has "
              + documents.size()
              + " documents; a compiled pipeline has one, or two of which the second is its"
              + " platform configuration");
    }
    for (Located document : documents) {
      if (document.size() > Located.MOST_NODES) {
        throw new Spot(file, document.line(), Place.root())
            .error(
                "its aliases expand to more than "
                    + Located.MOST_NODES
                    + " nodes; write the pipeline without them");
      }
    }
    List<Field> fields = documents.stream().map(each -> Field.root(file, each)).toList();
    if (PlanDocument.isPlan(fields.get(0))) {
      return PlanDocument.read(fields);
    }
    boolean platformFirst = fields.size() == 2 && isPlatform(fields.get(0));
    Field pipeline = fields.get(platformFirst ? 1 : 0);
    Field platform = fields.size() == 2 ? fields.get(platformFirst ? 0 : 1) : null;
    return new Documents(pipeline, platform, false);
  }

  private static boolean isPlatform(Field document) {
    return document.has("platforms") && !document.has("root");
  }

  /** A separator after the last document begins one more, which says nothing. */
  private static boolean isNull(Located document) {
    return document instanceof Located.Scalar scalar && scalar.value() == InputValue.Null.NULL;
  }

  private static boolean isJson(String text) {
    return text.stripLeading().startsWith("{");
  }

  private static List<Located> yaml(String file, String text) {
    OptionalLibrary.SNAKEYAML.require("reading YAML");
    return YamlDocuments.read(file, text);
  }
}
