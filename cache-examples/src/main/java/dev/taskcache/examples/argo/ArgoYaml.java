package dev.taskcache.examples.argo;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** YAML that every reader reads alike: a text that another might take for a number is quoted. */
final class ArgoYaml extends Representer {
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9/._-]*");
  private static final Set<String> NO_TEXTS =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  private ArgoYaml(DumperOptions options) {
    super(options);
  }

  /** The document; keys in the map's order. */
  static String write(Map<String, Object> document) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setLineBreak(DumperOptions.LineBreak.UNIX);
    options.setSplitLines(false);
    options.setDereferenceAliases(true);
    return new Yaml(new ArgoYaml(options), options).dump(document);
  }

  @Override
  protected Node representScalar(Tag tag, String value, ScalarStyle style) {
    boolean plain =
        WORD.matcher(value).matches() && !NO_TEXTS.contains(value.toLowerCase(Locale.ROOT));
    return super.representScalar(tag, value, plain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
  }
}
