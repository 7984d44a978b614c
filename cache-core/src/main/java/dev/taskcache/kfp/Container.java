package dev.taskcache.kfp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A process in an image.
 *
 * @param accelerator the type of accelerator that it asks for; null if none
 */
record Container(
    Template image,
    Words command,
    Words args,
    List<Variable> env,
    @Nullable Template accelerator,
    PlatformSpec platform,
    Spot spot)
    implements Component.Body {

  /** Words as the file has them, and what they say. */
  record Words(List<String> texts, List<Argument> parsed, List<Spot> spots) {
    static Words read(Field container, String name) {
      List<String> texts = new ArrayList<>();
      List<Argument> parsed = new ArrayList<>();
      List<Spot> spots = new ArrayList<>();
      for (Field word : container.items(name)) {
        texts.add(word.text());
        parsed.add(Argument.parse(word));
        spots.add(word.spot());
      }
      return new Words(List.copyOf(texts), parsed, spots);
    }
  }

  /** A variable of the environment. */
  record Variable(String name, Template value, Spot spot) {}

  static Container read(Field container, PlatformSpec platform) {
    Field image = container.require("image", "write the image that the component runs in");
    List<Variable> env = new ArrayList<>();
    for (Field each : container.items("env")) {
      Field value = each.get("value");
      String name = each.require("name", "name the variable").text();
      String text = value == null ? "" : value.text();
      Spot spot = value == null ? each.spot() : value.spot();
      env.add(new Variable(name, Template.parse(text, spot), spot));
    }
    return new Container(
        Template.parse(image.text(), image.spot()),
        Words.read(container, "command"),
        Words.read(container, "args"),
        env,
        accelerator(container),
        platform,
        image.spot());
  }

  private static @Nullable Template accelerator(Field container) {
    Field resources = container.get("resources");
    Field accelerator = resources == null ? null : resources.get("accelerator");
    if (accelerator == null) {
      return null;
    }
    Field type = accelerator.get("resourceType");
    type = type == null ? accelerator.get("type") : type;
    return type == null ? null : Template.parse(type.text(), type.spot());
  }

  /** Whether Kubeflow itself makes or deletes a volume, under an image that does not exist. */
  boolean isVolumeStep() {
    return isVolumeStep(image.source());
  }

  /** Whether an image is one of those that Kubeflow uses for that. */
  static boolean isVolumeStep(String image) {
    return image.equals("argostub/createpvc") || image.equals("argostub/deletepvc");
  }

  /** Every placeholder of the process, with where it stands. */
  Stream<Mention> placeholders() {
    Stream<Mention> words =
        Stream.of(command, args)
            .flatMap(
                each ->
                    Stream.iterate(0, i -> i < each.parsed().size(), i -> i + 1)
                        .flatMap(
                            i ->
                                each.parsed()
                                    .get(i)
                                    .placeholders()
                                    .map(p -> new Mention(p, each.spots().get(i)))));
    Stream<Mention> variables =
        env.stream()
            .flatMap(
                each -> each.value().placeholders().stream().map(p -> new Mention(p, each.spot())));
    return Stream.concat(words, variables);
  }

  /** The inputs that its words name and that its component does not declare. */
  Set<String> undeclared(Signature inputs) {
    Set<String> names = new TreeSet<>();
    Stream.of(command, args)
        .flatMap(words -> words.parsed().stream())
        .forEach(
            word -> {
              word.placeholders()
                  .filter(each -> each.kind() == Placeholder.Kind.INPUT_PARAMETER)
                  .forEach(each -> names.add(each.name()));
              word.asked().forEach(names::add);
            });
    names.removeAll(inputs.parameters().keySet());
    names.removeAll(inputs.artifacts().keySet());
    return names;
  }

  /** A placeholder and where it stands. */
  record Mention(Placeholder placeholder, Spot spot) {}
}
