package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.Place;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads YAML into located nodes; the only class that knows SnakeYAML. */
final class YamlDocuments {
  private static final int MOST_ALIASES = 500;

  private final String file;
  private final Map<Node, @Nullable Located> known = new IdentityHashMap<>();

  private YamlDocuments(String file) {
    this.file = file;
  }

  static List<Located> read(String file, String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Documents.MOST_CHARACTERS);
    options.setMaxAliasesForCollections(MOST_ALIASES);
    options.setNestingDepthLimit(Documents.MOST_DEPTH);
    options.setMergeOnCompose(true);
    StreamReader reader = new StreamReader(text);
    try {
      Composer composer = new Composer(new ParserImpl(reader, options), new Resolver(), options);
      List<Located> documents = new ArrayList<>();
      while (composer.checkNode()) {
        documents.add(new YamlDocuments(file).convert(composer.getNode()));
      }
      return documents;
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      String context = e.getContext() == null ? "" : " (" + e.getContext() + from(e) + ")";
      throw at(file, mark == null ? 0 : mark.getLine())
          .error("not YAML: " + e.getProblem() + context + "; compile the pipeline again");
    } catch (YAMLException e) {
      // Of a limit that is passed it says no place; the reader is at most some words further.
      throw at(file, reader.getLine())
          .error("not YAML: " + e.getMessage() + "; compile the pipeline again");
    }
  }

  private static String from(MarkedYAMLException e) {
    Mark start = e.getContextMark();
    return start == null ? "" : " that begins on line " + (start.getLine() + 1);
  }

  private Located convert(Node node) {
    if (known.containsKey(node)) {
      Located located = known.get(node);
      if (located == null) {
        throw error(node, "the alias refers to something that it is part of; write it out");
      }
      return located;
    }
    known.put(node, null);
    Located located;
    if (node instanceof ScalarNode scalar) {
      located =
          new Located.Scalar(
              line(node), at(file, line(node) - 1).locate(() -> YamlScalars.value(scalar)));
    } else if (node instanceof SequenceNode sequence) {
      located =
          Located.Items.of(line(node), sequence.getValue().stream().map(this::convert).toList());
    } else {
      located = fields((MappingNode) node);
    }
    known.put(node, located);
    return located;
  }

  private Located fields(MappingNode node) {
    Map<String, Located.Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw error(tuple.getKeyNode(), "a key must be a text");
      }
      Located.Entry entry = new Located.Entry(line(key), convert(tuple.getValueNode()));
      if (entries.put(key.getValue(), entry) != null) {
        throw error(key, "the key \"" + key.getValue() + "\" is there twice; keep one of them");
      }
    }
    return Located.Fields.of(line(node), entries);
  }

  private InvalidPipelineException error(Node node, String problem) {
    return at(file, node.getStartMark().getLine()).error(problem);
  }

  private static Spot at(String file, int line) {
    return new Spot(file, line + 1, Place.root());
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  /** What plain scalars mean in YAML 1.1, where Kubeflow's own readers agree. */
  private static final class YamlScalars {
    static InputValue value(ScalarNode scalar) {
      String text = scalar.getValue();
      Tag tag = scalar.getTag();
      if (tag.equals(Tag.NULL)) {
        return InputValue.Null.NULL;
      } else if (tag.equals(Tag.BOOL)) {
        return new InputValue.Bool(text.matches("(?i)yes|true|on"));
      } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
        return PlainNumbers.parse(text);
      }
      return new InputValue.Text(text);
    }
  }
}
