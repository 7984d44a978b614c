package dev.taskcache.kfp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.ValueDigest;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The document of a plan: a checked pipeline as {@link KfpPlanCompiler} writes it. */
final class PlanDocument {
  static final String FORMAT = "taskcache-plan/1";

  private static final String FAMILY = "taskcache-plan/";
  private static final String AGAIN = "compile the pipeline again";
  private static final Set<String> NAMES =
      Set.of("digest", "format", "images", "pipeline", "platforms", "source", "unresolvedImages");

  private PlanDocument() {}

  /** Whether a document says that it is a plan, of whatever version. */
  static boolean isPlan(Field document) {
    Field format = document.node() instanceof Located.Fields ? document.get("format") : null;
    return format != null
        && format.value() instanceof InputValue.Text text
        && text.value().startsWith(FAMILY);
  }

  /** The pipeline in a plan; refuses one that is not as it was written. */
  static Documents read(List<Field> documents) {
    Field plan = documents.get(0);
    if (documents.size() > 1) {
      throw documents.get(1).spot().error("stands after a plan, which is all of its file");
    }
    Field format = plan.require("format", AGAIN);
    if (!format.text().equals(FORMAT)) {
      throw format
          .spot()
          .error(
              "is \""
                  + format.text()
                  + "\", and this version reads "
                  + FORMAT
                  + "; use the version that wrote it, or "
                  + AGAIN
                  + " with this one");
    }
    Set<String> unknown = new TreeSet<>(plan.entries().keySet());
    unknown.removeAll(NAMES);
    if (!unknown.isEmpty()) {
      throw plan.spot().error("has " + unknown + ", which " + FORMAT + " has not; " + AGAIN);
    }
    Field said = plan.require("digest", AGAIN);
    Map<String, InputValue> content = new TreeMap<>(((InputValue.MapValue) plan.value()).entries());
    content.remove("digest");
    String digest = digest(new InputValue.MapValue(content));
    if (!said.text().equals(digest)) {
      throw said.spot()
          .error(
              "is " + said.text() + ", but the plan's is " + digest + ": it is damaged; " + AGAIN);
    }
    return new Documents(
        plan.require("pipeline", AGAIN), plan.has("platforms") ? plan : null, true);
  }

  /** The plan of that content, with format and digest added; UTF-8, keys sorted. */
  static byte[] write(Map<String, InputValue> content) {
    Map<String, InputValue> all = new TreeMap<>(content);
    all.put("format", new InputValue.Text(FORMAT));
    all.put("digest", new InputValue.Text(digest(new InputValue.MapValue(all))));
    return (json(new InputValue.MapValue(all)) + "\n").getBytes(UTF_8);
  }

  /** What a value is, whatever it is written in: equal for equal values. */
  static String digest(InputValue value) {
    return "sha256:" + ValueDigest.of(value).hex();
  }

  private static String json(InputValue value) {
    StringWriter text = new StringWriter();
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
    printer.indentObjectsWith(lines);
    printer.indentArraysWith(lines);
    try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
      generator.setPrettyPrinter(printer);
      JsonText.write(value, generator, PlanDocument::writeDouble);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** The shortest text that is read as the same double, never as an integer, on every JDK. */
  private static void writeDouble(double number, JsonGenerator generator) throws IOException {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(number + " is no number that JSON has");
    }
    generator.writeNumber(NumberOutput.toString(number, true));
  }
}
