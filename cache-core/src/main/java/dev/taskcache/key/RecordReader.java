package dev.taskcache.key;

import com.google.common.reflect.TypeToken;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads a record from a map of its components, through its canonical constructor. */
final class RecordReader implements TypeCodec.Reader {
  private final Class<?> record;
  private final Map<String, TypeCodec> components = new LinkedHashMap<>();

  RecordReader(Class<?> record) {
    this.record = record;
  }

  /** Finds the codecs of the components; only then can records be read. Returns the schema type. */
  ValueType bind(
      TypeToken<?> type, BiFunction<TypeToken<?>, Place, TypeCodec> codecs, Place place) {
    Map<String, ValueType> fields = new LinkedHashMap<>();
    for (RecordComponent component : record.getRecordComponents()) {
      Place inside = place.field(component.getName());
      TypeCodec codec = codecs.apply(type.resolveType(component.getGenericType()), inside);
      components.put(component.getName(), codec);
      fields.put(component.getName(), codec.type());
    }
    return new ValueType.RecordType(fields);
  }

  @Override
  public Object read(InputValue value, Place place) {
    if (!(value instanceof InputValue.MapValue map)
        || !components.keySet().containsAll(map.entries().keySet())) {
      throw new InvalidRequestException(
          place, "not a " + record.getSimpleName() + " with " + components.keySet());
    }
    Object[] arguments = new Object[components.size()];
    int next = 0;
    for (Map.Entry<String, TypeCodec> component : components.entrySet()) {
      Place inside = place.field(component.getKey());
      arguments[next++] = read(map.entries().get(component.getKey()), component.getValue(), inside);
    }
    return construct(arguments, place);
  }

  private static @Nullable Object read(@Nullable InputValue value, TypeCodec codec, Place place) {
    if (value != null) {
      return codec.read(value, place);
    } else if (codec.type() instanceof ValueType.OptionalType) {
      return Optional.empty();
    }
    throw new InvalidRequestException(place, "the component is missing");
  }

  private Object construct(@Nullable Object[] arguments, Place place) {
    Class<?>[] types =
        Arrays.stream(record.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> canonical = record.getDeclaredConstructor(types);
      canonical.setAccessible(true);
      return canonical.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new InvalidRequestException(
          place, record.getSimpleName() + " refuses its components: " + e.getCause(), e);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new InvalidRequestException(
          place, record.getSimpleName() + " cannot be made: " + e + "; open its package", e);
    }
  }
}
