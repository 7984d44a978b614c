package dev.taskcache.key;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The files of golden vectors, read by a JSON library that the library's own reader is not. */
final class GoldenVectors {
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(10_000).build())
              .streamWriteConstraints(
                  StreamWriteConstraints.builder().maxNestingDepth(10_000).build())
              .build());

  private GoldenVectors() {}

  /** Reads a file's array. */
  static List<JsonNode> read(String file) {
    try (InputStream in = GoldenVectors.class.getResourceAsStream("/golden/" + file)) {
      List<JsonNode> vectors = new ArrayList<>();
      JSON.readTree(Objects.requireNonNull(in, file)).forEach(vectors::add);
      return vectors;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A part of a vector as JSON text. */
  static String text(JsonNode part) {
    try {
      return JSON.writeValueAsString(part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
