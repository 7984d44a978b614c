package dev.taskcache.flyte;

import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads what Flyte writes about tasks, in one of its two forms, whole or not at all. A field that
 * Flyte 1.16 does not have is an error, with its path: it might change the results.
 *
 * <p>A document may have 64 MiB, 1,000,000 values, and 500 messages inside each other. Thread-safe.
 */
public final class FlyteTaskReader {
  private static final String PROTOBUF = "com.google.protobuf.CodedInputStream";

  private final Form form;

  private FlyteTaskReader(Form form) {
    this.form = form;
  }

  /** How bytes become a message. */
  private interface Form {
    Message read(MessageType type, byte[] content);
  }

  /**
   * A reader of proto3 JSON, in UTF-8: names in lowerCamelCase or as in the definition, integers of
   * 64 bits as texts or numbers, null for an absent field.
   *
   * @return the reader
   */
  public static FlyteTaskReader json() {
    return new FlyteTaskReader((type, content) -> JsonMessages.read(type, utf8(content)));
  }

  /**
   * A reader of protobuf's bytes, such as {@code pyflyte package} and {@code inputs.pb} have them.
   *
   * @return the reader
   * @throws IllegalStateException if the optional library {@code com.google.protobuf:protobuf-java}
   *     is not there
   */
  public static FlyteTaskReader protobuf() {
    try {
      Class.forName(PROTOBUF, false, FlyteTaskReader.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "reading protobuf needs a library that is not there; add"
              + " com.google.protobuf:protobuf-java to the classpath",
          e);
    }
    return new FlyteTaskReader(WireMessages::read);
  }

  /**
   * Reads a task.
   *
   * @param template a TaskTemplate
   * @return the task
   * @throws InvalidRequestException if it is none, or has no name; with the path
   */
  public FlyteTask task(byte[] template) {
    Message read = read("TaskTemplate", template);
    return Limits.guarded(() -> FlyteTask.of(read));
  }

  /**
   * Reads a task from the file that {@code pyflyte package} or {@code serialize} writes for it.
   *
   * @param spec a TaskSpec, which has a TaskTemplate in it
   * @return the task
   * @throws InvalidRequestException if it is none, or the task has no name; with the path
   */
  public FlyteTask taskSpec(byte[] spec) {
    Message read = read("TaskSpec", spec);
    return Place.of("template")
        .locate(() -> Limits.guarded(() -> FlyteTask.of(read.message("template"))));
  }

  /**
   * Reads a workflow's node.
   *
   * @param node a Node, of which the metadata and the overrides of a task count
   * @return the node
   * @throws InvalidRequestException if it is none; with the path
   */
  public FlyteNode node(byte[] node) {
    return new FlyteNode(read("Node", node));
  }

  /**
   * Reads values by name.
   *
   * @param literalMap a LiteralMap
   * @return the values
   * @throws InvalidRequestException if it is none; with the path
   */
  public FlyteLiterals literals(byte[] literalMap) {
    return new FlyteLiterals(read("LiteralMap", literalMap).map("literals"));
  }

  private Message read(String type, byte[] content) {
    return Limits.guarded(() -> form.read(FlyteMessages.of(type), content));
  }

  private static String utf8(byte[] content) {
    Limits.checkSize(content.length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidRequestException(
          Place.root(), "is not UTF-8; for protobuf's bytes use FlyteTaskReader.protobuf()", e);
    }
  }
}
