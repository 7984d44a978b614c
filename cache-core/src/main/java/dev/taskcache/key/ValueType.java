package dev.taskcache.key;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The type of an output, or of a declared input ({@code docs/key-format.md}, section 6). Immutable
 * and thread-safe.
 */
public sealed interface ValueType {

  /**
   * Reads a type from its form in a request: a text such as {@code int}, or a map with one entry
   * such as {@code {"list": "int"}}.
   *
   * @param form the form
   * @param place where it stands, for errors
   * @return the type
   * @throws InvalidRequestException if the form is not a type
   */
  static ValueType read(InputValue form, Place place) {
    return ValueTypeForm.read(form, place);
  }

  /**
   * The types directly inside this one.
   *
   * @return none for scalars, enums, artifacts and refs
   */
  default Collection<ValueType> parts() {
    return List.of();
  }

  /** Types without parts. */
  enum Scalar implements ValueType {
    /** Text. */
    TEXT("text"),
    /** Truth value. */
    BOOL("bool"),
    /** Integer of any size. */
    INT("int"),
    /** Binary floating-point number of 64 bits. */
    FLOAT64("float64"),
    /** Decimal number. */
    DECIMAL("decimal"),
    /** Byte string. */
    BYTES("bytes"),
    /** Point in time. */
    TIMESTAMP("timestamp"),
    /** Any value. */
    ANY("any");

    private final String word;

    Scalar(String word) {
      this.word = word;
    }

    /**
     * The type's name in the format.
     *
     * @return for instance {@code float64}
     */
    public String word() {
      return word;
    }
  }

  /**
   * A list.
   *
   * @param element the type of its elements
   */
  record ListType(ValueType element) implements ValueType {
    @Override
    public Collection<ValueType> parts() {
      return List.of(element);
    }
  }

  /**
   * A map with text keys.
   *
   * @param value the type of its values
   */
  record MapType(ValueType value) implements ValueType {
    @Override
    public Collection<ValueType> parts() {
      return List.of(value);
    }
  }

  /**
   * A value that may be null or, as a record's field, absent.
   *
   * @param value the type it has otherwise
   */
  record OptionalType(ValueType value) implements ValueType {
    @Override
    public Collection<ValueType> parts() {
      return List.of(value);
    }
  }

  /**
   * A record: a map with fixed keys.
   *
   * @param fields the fields' types by name; their order does not count
   */
  record RecordType(Map<String, ValueType> fields) implements ValueType {
    /** Copies and sorts the fields; refuses an empty name. */
    public RecordType {
      fields = TypeRefs.sorted(fields, "a field's name");
    }

    @Override
    public Collection<ValueType> parts() {
      return fields.values();
    }
  }

  /**
   * One of a set of names.
   *
   * @param names the names, at least one; their order does not count
   */
  record EnumType(List<String> names) implements ValueType {
    /** Copies and sorts the names; refuses none at all, and a lone surrogate. */
    public EnumType {
      if (names.isEmpty()) {
        throw new InvalidRequestException(Place.root(), "an enum needs at least one name");
      }
      TreeSet<String> sorted = new TreeSet<>(Utf8.ORDER);
      names.forEach(name -> sorted.add(Utf8.check(name, Place.root())));
      names = List.copyOf(sorted);
    }
  }

  /**
   * An artifact.
   *
   * @param name the artifact's type, for instance {@code system.Dataset}; not empty
   */
  record ArtifactType(String name) implements ValueType {
    /** Refuses an empty name. */
    public ArtifactType {
      Utf8.checkName(name, Place.root(), "an artifact's type");
    }
  }

  /**
   * A definition of the schema that the type stands in; for recursive types.
   *
   * @param name the definition's name
   */
  record RefType(String name) implements ValueType {
    /** Refuses an empty name. */
    public RefType {
      Utf8.checkName(name, Place.root(), "a ref's name");
    }
  }
}
