package dev.taskcache.http;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.JsonForm;
import dev.taskcache.version.PipelineVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Kubeflow Pipelines server: its requests. Thread-safe.
 *
 * @param namespace empty for pipelines that all share
 * @param pageSize how many versions are asked for at once
 * @param pipelineIds whether names are ids already
 */
record KfpServer(SourceServer server, String namespace, int pageSize, boolean pipelineIds) {
  private static final int MOST_PAGES = 200;
  private static final String PIPELINES = "/apis/v2beta1/pipelines";

  /** Reads a page. */
  @FunctionalInterface
  private interface PageReader<T> {
    KfpAnswers.Page<T> read(byte[] answer) throws IOException;
  }

  String name() {
    return server.base()
        + (namespace.isEmpty() ? "" : "?namespace=" + SourceServer.escaped(namespace));
  }

  Deadline begin() {
    return server.begin();
  }

  /** The id of a pipeline, encoded; null if there is none. */
  @Nullable String pipelineId(String pipeline, Deadline deadline)
      throws IOException, InterruptedException {
    if (pipelineIds || pipeline.isEmpty()) {
      return SourceServer.encoded(pipeline);
    }
    String filter;
    try {
      filter =
          JsonForm.write(
              InputValue.of(
                  Map.of(
                      "predicates",
                      List.of(
                          Map.of(
                              "operation", "EQUALS",
                              "key", "display_name",
                              "string_value", pipeline)))));
    } catch (InvalidRequestException e) { // A lone surrogate, which nothing is called by.
      return null;
    }
    // The server decodes a filter twice.
    String path =
        PIPELINES
            + "?page_size=50&filter="
            + SourceServer.escaped(SourceServer.escaped(filter))
            + (namespace.isEmpty() ? "" : "&namespace=" + SourceServer.escaped(namespace));
    List<String> ids = pages(path, answer -> KfpAnswers.pipelines(pipeline, answer), deadline);
    if (ids.size() > 1) {
      throw new IOException(
          name()
              + ": the pipelines "
              + ids
              + " are all called \""
              + pipeline
              + "\"; rename them, or name one by its id and set pipelineIds()");
    }
    return ids.isEmpty() ? null : SourceServer.encoded(ids.get(0));
  }

  List<PipelineVersion> versions(String pipeline, String id, Deadline deadline)
      throws IOException, InterruptedException {
    String path =
        PIPELINES + "/" + id + "/versions?page_size=" + pageSize + "&sort_by=created_at%20desc";
    return pages(path, answer -> KfpAnswers.versions(pipeline, answer), deadline);
  }

  /** All that is on all pages; nothing if the API says that what it is of does not exist. */
  private <T> List<T> pages(String path, PageReader<T> reader, Deadline deadline)
      throws IOException, InterruptedException {
    List<T> all = new ArrayList<>();
    Set<String> tokens = new HashSet<>();
    String next = path;
    for (int i = 0; i < MOST_PAGES; i++) {
      Reply reply = get(next, deadline);
      if (KfpAnswers.isNotFound(reply)) {
        return List.of();
      }
      reply.check();
      KfpAnswers.Page<T> page;
      try {
        page = reader.read(reply.body());
      } catch (IOException e) {
        throw reply.unusable(e);
      }
      all.addAll(page.items());
      if (page.next().isEmpty()) {
        return all;
      } else if (!tokens.add(page.next())) {
        throw reply.failure(
            "sends the same next_page_token again, in a list without an end; tell its operator",
            null);
      }
      next = path + "&page_token=" + SourceServer.escaped(page.next());
    }
    throw new IOException(
        server.base()
            + path.replaceFirst("[?].*", "")
            + ": has more than "
            + MOST_PAGES
            + " pages; delete old versions, or raise pageSize");
  }

  /** One version; null if there is none. */
  @Nullable KfpVersion version(String pipeline, String id)
      throws IOException, InterruptedException {
    Deadline deadline = begin();
    String asked = SourceServer.encoded(id);
    String of = asked == null ? null : pipelineId(pipeline, deadline);
    if (of == null) {
      return null;
    }
    Reply reply = get(PIPELINES + "/" + of + "/versions/" + asked, deadline);
    if (KfpAnswers.isNotFound(reply)) {
      return null;
    }
    reply.check();
    KfpVersion found;
    try {
      found = KfpAnswers.version(reply.body());
      if (!found.id().equals(id)) {
        throw new IOException("pipeline_version_id: is \"" + found.id() + "\"");
      }
    } catch (IOException e) {
      throw reply.unusable(e);
    }
    // The server looks at the version's id alone.
    boolean others =
        !found.pipeline().isEmpty() && !of.equals(SourceServer.encoded(found.pipeline()));
    return others ? null : found;
  }

  private Reply get(String path, Deadline deadline) throws IOException, InterruptedException {
    return server.get(path, Map.of("Accept", "application/json"), deadline);
  }
}
