package dev.taskcache.flyte;

import dev.taskcache.key.InputValue;
import java.util.Map;

/**
 * Values by name, as Flyte writes them: a LiteralMap. Read by a {@link FlyteTaskReader}. Immutable
 * and thread-safe.
 */
public final class FlyteLiterals {
  private final Map<String, Message> literals;

  FlyteLiterals(Map<String, Message> literals) {
    this.literals = literals;
  }

  Map<String, Message> literals() {
    return literals;
  }

  /**
   * The values in the forms of this library: integers, doubles, texts, booleans and points in time
   * as such; durations as decimal seconds; a Struct as a map of doubles; None as null; lists and
   * maps of these; blobs, schemas and structured datasets as artifacts {@code flyte.Blob}, {@code
   * flyte.Schema}, {@code flyte.StructuredDataset} that are known by their URI; a literal with a
   * {@code hash} as an artifact {@code flyte.Hashed} whose metadata has that hash; one that was
   * offloaded as {@code flyte.Offloaded}; a Binary as a map of {@code tag} and {@code value}; a
   * union as a map of {@code type} and {@code value}. Metadata of literals is left out.
   *
   * @return value by name; a literal without a value is null
   */
  public Map<String, InputValue> values() {
    return Limits.guarded(() -> LiteralValues.of(literals));
  }
}
