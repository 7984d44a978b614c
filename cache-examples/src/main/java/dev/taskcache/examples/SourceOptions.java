package dev.taskcache.examples;

import dev.taskcache.version.PipelineSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where versions of pipelines are published. */
final class SourceOptions {
  static final String VARIABLE = "TASKCACHE_SOURCE";
  static final String TOKEN = "TASKCACHE_SOURCE_TOKEN";

  private final Environment environment;

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      description = {
        "Where versions are published: a directory with PIPELINE/VERSION.yaml in it,"
            + " http(s)://HOST/PATH of a server of pipelines, or"
            + " kfp+http(s)://HOST/PATH?namespace=NAME of Kubeflow's API.",
        "Default: the environment variable " + VARIABLE + ". A server gets the bearer token that",
        TOKEN + " has, if it is set; it cannot be given here, where others could read it."
      })
  private @Nullable String source;

  SourceOptions(Environment environment) {
    this.environment = environment;
  }

  /** The source; nothing is asked or read yet. */
  PipelineSource open() {
    String named = source == null ? environment.variable(VARIABLE) : source;
    if (named == null) {
      throw BadInputException.ofOption(
          "--source", "is not given, and " + VARIABLE + " is not set; one of both has to be");
    }
    return PublishedSource.parse(named, environment.variable(TOKEN));
  }
}
