package dev.taskcache.examples.argo;

import java.util.Locale;
import java.util.regex.Pattern;

/** What Argo lets things be called, after its own validation. */
final class ArgoNames {
  /** Of templates and tasks; a task that others depend on does not begin with a digit. */
  private static final Pattern FIELD = Pattern.compile("[a-zA-Z][-a-zA-Z0-9]{0,127}");

  private static final Pattern PARAMETER = Pattern.compile("[-a-zA-Z0-9_]+");

  private ArgoNames() {}

  /** The name of a template or task; refuses one that Argo would. */
  static String field(String name, IrNode place) {
    if (!FIELD.matcher(name).matches()) {
      throw place.refusal(
          "is called \""
              + name
              + "\"; in Argo it may have 128 letters, digits and hyphens, and begins with a letter");
    }
    return name;
  }

  /** The name of a parameter; refuses one that Argo would. */
  static String parameter(String name, IrNode place) {
    if (!PARAMETER.matcher(name).matches()) {
      throw place.refusal(
          "is called \""
              + name
              + "\"; in Argo it may have letters, digits, hyphens and underscores");
    }
    return name;
  }

  /** What the names of a pipeline's workflows begin with, as Kubernetes lets them. */
  static String generated(String pipeline) {
    String plain =
        pipeline.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-", "");
    String shortened = plain.length() > 40 ? plain.substring(0, 40) : plain;
    return shortened.isEmpty() || shortened.endsWith("-") ? shortened + "run-" : shortened + "-";
  }
}
