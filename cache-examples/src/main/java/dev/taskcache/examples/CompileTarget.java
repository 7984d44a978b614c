package dev.taskcache.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.taskcache.examples.argo.ArgoWorkflowCompiler;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.kfp.KfpPlanCompiler;
import dev.taskcache.version.PipelineCompiler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a pipeline can be compiled to. */
enum CompileTarget {
  /** What `run --compiled` takes. */
  PLAN {
    @Override
    PipelineCompiler compiler(ImageDigestResolver images) {
      return new KfpPlanCompiler(images);
    }

    @Override
    Images images(byte[] compiled) {
      try {
        return Images.of(new JsonMapper().readTree(compiled));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  },
  /** A workflow of Argo. */
  ARGO {
    @Override
    PipelineCompiler compiler(ImageDigestResolver images) {
      return new ArgoWorkflowCompiler(images);
    }

    @Override
    Images images(byte[] compiled) {
      return new Images(Map.of(), List.of());
    }
  };

  /** As the command line has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The compiler; it asks the resolver once for each tag. */
  abstract PipelineCompiler compiler(ImageDigestResolver images);

  /** What became of the images, as far as it says so. */
  abstract Images images(byte[] compiled);

  /**
   * What became of a pipeline's images.
   *
   * @param resolved digest by tag
   * @param unresolved tags that are still there
   */
  record Images(Map<String, String> resolved, List<String> unresolved) {
    private static Images of(JsonNode plan) {
      Map<String, String> resolved = new LinkedHashMap<>();
      plan.path("images")
          .properties()
          .forEach(e -> resolved.put(e.getKey(), e.getValue().asText()));
      List<String> unresolved = new ArrayList<>();
      plan.path("unresolvedImages").forEach(each -> unresolved.add(each.asText()));
      return new Images(resolved, unresolved);
    }
  }
}
