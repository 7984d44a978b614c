package dev.taskcache.flyte;

/** What one value of a field is. */
sealed interface ProtoKind {

  /** Values that are no messages; the name of each says how protobuf calls it. */
  enum Scalar implements ProtoKind {
    STRING,
    BYTES,
    BOOL,
    INT32,
    UINT32,
    INT64,
    UINT64,
    DOUBLE
  }

  /** A name out of a list; numbers that have no name are kept. */
  record Choice(ProtoEnum type) implements ProtoKind {}

  /** A message, by name, because messages contain each other. */
  record Nested(String message) implements ProtoKind {}

  /** A message that has no part in caching: it is passed over, and never looked into. */
  enum PassedOver implements ProtoKind {
    PASSED_OVER
  }
}
