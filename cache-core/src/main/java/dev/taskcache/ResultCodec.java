package dev.taskcache;

import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.ResultType;
import dev.taskcache.store.Outputs;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Between a caller's result and stored outputs: the only difference between typed results and named
 * outputs.
 */
interface ResultCodec<T extends @Nullable Object> {

  OutputSchema schema();

  /** Refuses, with an {@link InvalidRequestException}, a result that cannot be stored. */
  Outputs encode(T result);

  /** Refuses, with an {@link InvalidRequestException}, outputs that are not such a result. */
  T decode(Outputs outputs);

  /** The result that another caller's task returned, if it can be this caller's, too. */
  Optional<T> share(@Nullable Object result);

  static <T> ResultCodec<T> typed(ResultType<T> type, TaskRequest request) {
    OutputSchema schema = request.outputs().orElse(type.schema());
    return new ResultCodec<>() {
      @Override
      public OutputSchema schema() {
        return schema;
      }

      @Override
      public Outputs encode(T result) {
        return new Outputs(type.encode(result));
      }

      @Override
      public T decode(Outputs outputs) {
        return type.decode(outputs.values());
      }

      @Override
      @SuppressWarnings("unchecked")
      public Optional<T> share(@Nullable Object result) {
        return type.isInstance(result) ? Optional.ofNullable((T) result) : Optional.empty();
      }
    };
  }

  static ResultCodec<Outputs> named(TaskRequest request) {
    OutputSchema schema = request.outputs().orElse(OutputSchema.NONE);
    return new ResultCodec<>() {
      @Override
      public OutputSchema schema() {
        return schema;
      }

      @Override
      public Outputs encode(Outputs result) {
        return new Outputs(schema.conform(result.values()));
      }

      @Override
      public Outputs decode(Outputs outputs) {
        return outputs;
      }

      @Override
      public Optional<Outputs> share(@Nullable Object result) {
        return result instanceof Outputs outputs ? Optional.of(outputs) : Optional.empty();
      }
    };
  }
}
