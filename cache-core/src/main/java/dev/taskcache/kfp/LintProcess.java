package dev.taskcache.kfp;

import dev.taskcache.kfp.KfpFinding.Kind;

/** What a process depends on and a release's key does not. */
final class LintProcess {
  private final KfpRelease release;
  private final Findings findings;

  LintProcess(KfpRelease release, Findings findings) {
    this.release = release;
    this.findings = findings;
  }

  void look(Use use) {
    if (use.component().body() instanceof Container container && !container.isVolumeStep()) {
      image(use, container);
      container
          .placeholders()
          .filter(each -> each.placeholder().kind() == Placeholder.Kind.RUN_SPECIFIC)
          .filter(each -> !RunFacts.PLACES.contains(each.placeholder().name()))
          .forEach(each -> runSpecific(use, each));
      if (!release.hashesEnvironment() && !container.env().isEmpty()) {
        findings.add(
            Kind.ENVIRONMENT_NOT_IN_KEY,
            container.env().get(0).spot(),
            use,
            "env is not in the key of "
                + release
                + ": "
                + container.env().stream().map(Container.Variable::name).toList()
                + " can change and the old result is still found",
            "pass what changes the result as an input");
      }
      platform(use, container);
    }
  }

  /** An image that is filled in is an input, and that is in the key. */
  private void image(Use use, Container container) {
    String image = container.image().source();
    if (container.image().placeholders().isEmpty() && !image.contains("@")) {
      findings.add(
          Kind.IMAGE_TAG,
          container.spot(),
          use,
          image
              + " has no digest, and the key has its text: another image under the same name finds"
              + " the old result",
          "write " + repository(image) + "@sha256:… with the image's digest");
    }
  }

  private static String repository(String image) {
    int colon = image.lastIndexOf(':');
    return colon > image.lastIndexOf('/') ? image.substring(0, colon) : image;
  }

  private void runSpecific(Use use, Container.Mention mention) {
    findings.add(
        Kind.RUN_NOT_IN_KEY,
        mention.spot(),
        use,
        mention.placeholder().text()
            + " is not filled in before the key is made: a later run finds what was made for an"
            + " earlier one",
        "switch the task's cache off, or leave the run out of its result");
  }

  private void platform(Use use, Container container) {
    for (PlatformSpec.Source source : container.platform().sources()) {
      boolean secret = source.kind().startsWith("secret");
      findings.add(
          secret ? Kind.SECRET_NOT_IN_KEY : Kind.PLATFORM_NOT_IN_KEY,
          source.name().spot(),
          use,
          (secret
                  ? "neither the secret's name nor its value is in the key"
                  : source.kind().startsWith("config")
                      ? "neither the config map's name nor its content is in the key"
                      : "the pod's field is not in the key")
              + ": it can change and the old result is still found",
          secret
              ? "nothing, if it is only for access; else pass a version of it as an input"
              : "pass what changes the result as an input");
    }
    if (!release.hashesVolumes()) {
      for (ParameterSource.Binding volume : container.platform().volumes()) {
        findings.add(
            Kind.PLATFORM_NOT_IN_KEY,
            volume.spot(),
            use,
            "the volume's name is not in the key of " + release + ", only from 2.15 on",
            "pass the name as an input of the component");
      }
    }
    if (container.accelerator() != null) {
      findings.add(
          Kind.PLATFORM_NOT_IN_KEY,
          container.spot(),
          use,
          "the type of accelerator, " + container.accelerator().source() + ", is not in the key",
          "pass it as an input if results differ by it");
    }
  }
}
