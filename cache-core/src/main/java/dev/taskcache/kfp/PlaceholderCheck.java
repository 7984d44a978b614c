package dev.taskcache.kfp;

import java.util.Set;
import java.util.TreeSet;

/** Checks that the placeholders of a process name inputs and outputs that it has. */
final class PlaceholderCheck {
  private final Component component;
  private final Set<String> parameters;

  private PlaceholderCheck(Component component, Set<String> given) {
    this.component = component;
    this.parameters = new TreeSet<>(component.inputs().parameters().keySet());
    parameters.addAll(given);
  }

  /**
   * Checks a process.
   *
   * @param given what its tasks give it beside what it declares: the compiler writes so where an
   *     image or a variable comes from another task
   */
  static void check(Component component, Container container, Set<String> given) {
    PlaceholderCheck check = new PlaceholderCheck(component, given);
    container.placeholders().forEach(each -> check.names(each.placeholder(), each.spot()));
    check.plain(container.image(), container.spot());
    Template accelerator = container.accelerator();
    if (accelerator != null) {
      check.plain(accelerator, container.spot());
    }
    check.questions(container.command());
    check.questions(container.args());
  }

  private void names(Placeholder placeholder, Spot spot) {
    String name = placeholder.name();
    switch (placeholder.kind()) {
      case INPUT_PARAMETER -> declared(name, parameters, "input parameter", placeholder, spot);
      case INPUT_ARTIFACT ->
          declared(
              name, component.inputs().artifacts().keySet(), "input artifact", placeholder, spot);
      case OUTPUT_PARAMETER ->
          declared(name, component.outputs().parameters().keySet(), "output", placeholder, spot);
      case OUTPUT_ARTIFACT ->
          declared(
              name, component.outputs().artifacts().keySet(), "output artifact", placeholder, spot);
      default -> {}
    }
  }

  private void declared(
      String name, Set<String> names, String what, Placeholder placeholder, Spot spot) {
    SpecCheck.declared(
        name, names, what + " of " + component.name() + ", as " + placeholder.text(), spot);
  }

  /** A text that is needed before there is a process has nothing to ask but parameters. */
  private void plain(Template template, Spot spot) {
    for (Placeholder placeholder : template.placeholders()) {
      if (placeholder.kind() != Placeholder.Kind.INPUT_PARAMETER) {
        throw spot.error(
            placeholder.text() + " has no place here; write {{$.inputs.parameters['name']}}");
      }
      names(placeholder, spot);
    }
  }

  private void questions(Container.Words words) {
    Set<String> inputs = new TreeSet<>(parameters);
    inputs.addAll(component.inputs().artifacts().keySet());
    for (int i = 0; i < words.parsed().size(); i++) {
      Spot spot = words.spots().get(i);
      words
          .parsed()
          .get(i)
          .asked()
          .forEach(name -> SpecCheck.declared(name, inputs, "input of " + component.name(), spot));
    }
  }
}
