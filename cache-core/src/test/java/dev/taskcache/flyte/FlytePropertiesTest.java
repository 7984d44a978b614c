package dev.taskcache.flyte;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.taskcache.flyte.ProtoField.Cardinality;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for any message; each run has another seed, which it names when it fails. */
class FlytePropertiesTest {
  private static final int ROUNDS = 2_000 * Integer.getInteger("taskcache.tests.scale", 1);
  private static final String[] TYPES = {
    "LiteralMap", "VariableMap", "Literal", "LiteralType", "Scalar", "TaskTemplate", "Node"
  };

  /** Runs a property on random messages. */
  private interface Property {
    void check(RandomMessages random, Message message) throws Exception;
  }

  private static void forAll(Property property) {
    long seed = new Random().nextLong();
    for (int round = 0; round < ROUNDS; round++) {
      RandomMessages random = new RandomMessages(seed + round);
      Message message = random.message(TYPES[round % TYPES.length], 5);
      try {
        property.check(random, message);
      } catch (Exception | AssertionError e) {
        throw new AssertionError("seed " + (seed + round) + ": " + message, e);
      }
    }
  }

  @Test
  void theDigestIsThatOfTheJson() {
    forAll(
        (random, message) ->
            assertThat(MessageHash.of(message))
                .isEqualTo(JsonForTests.digest(JsonForTests.write(message))));
  }

  @Test
  void jsonIsReadToTheMessageThatItWasWrittenFrom() {
    forAll(
        (random, message) ->
            assertThat(JsonMessages.read(message.type(), JsonForTests.write(message).toString()))
                .isEqualTo(message));
  }

  @Test
  void bytesAreReadToTheMessageThatTheyWereWrittenFrom() {
    forAll(
        (random, message) ->
            assertThat(WireMessages.read(message.type(), WireForm.write(message)))
                .isEqualTo(message));
  }

  @Test
  void theOrderOfMapsDoesNotCount() {
    forAll(
        (random, message) -> {
          Message other = random.shuffled(message);
          assertThat(MessageHash.of(other)).isEqualTo(MessageHash.of(message));
          assertThat(WireForm.write(other)).isEqualTo(WireForm.write(message));
        });
  }

  /** Equal JSON, equal key; and other JSON, another key. */
  @Test
  void inputsHaveOneKeyForEachJson() {
    Map<String, String> jsonOfTag = new HashMap<>();
    Map<String, String> tagOfJson = new HashMap<>();
    forAll(
        (random, message) -> {
          Message map = random.message("LiteralMap", 3);
          String tag = MessageHash.text(map);
          // The remote key does not see the sign of zero.
          String json = sorted(JsonForTests.write(map).toString()).replace("-0.0", "0.0");
          assertThat(jsonOfTag.computeIfAbsent(tag, each -> json)).isEqualTo(json);
          assertThat(tagOfJson.computeIfAbsent(json, each -> tag)).isEqualTo(tag);
        });
    assertThat(jsonOfTag).hasSizeGreaterThan(ROUNDS / 10).hasSizeLessThan(ROUNDS);
  }

  /** Any single edit of a message is another digest, other JSON and other bytes. */
  @Test
  void anySingleEditCounts() {
    forAll(
        (random, message) -> {
          EditedMessages edits = new EditedMessages(message.hashCode());
          Message other = edits.edited(message);
          assertThat(other).isNotEqualTo(message);
          assertThat(MessageHash.of(other)).as("%s", other).isNotEqualTo(MessageHash.of(message));
          assertThat(WireForm.write(other)).as("%s", other).isNotEqualTo(WireForm.write(message));
        });
  }

  /** The same for what Flyte looks up: an input's value the tag, an interface the version. */
  @Test
  void anySingleEditOfInputsAndTypesIsAnotherKey() {
    forAll(
        (random, message) -> {
          EditedMessages edits = new EditedMessages(message.hashCode());
          Message variables = random.message("VariableMap", 3);
          Message type = edits.edited(variables);
          assertThat(version(type)).as("%s", type).isNotEqualTo(version(variables));
          Message primitives = Message.empty("LiteralMap");
          Message scalar = Message.empty("Scalar").set("primitive", random.message("Primitive", 2));
          Message literal = Message.empty("Literal").set("scalar", scalar);
          primitives.set("literals", Map.of("a", literal));
          Message other = edits.edited(scalar.message("primitive"));
          Message edited = Message.empty("Scalar").set("primitive", other);
          Map<String, Message> values = Map.of("a", Message.empty("Literal").set("scalar", edited));
          FlyteCacheKey one = key(new FlyteLiterals(primitives.map("literals")));
          FlyteCacheKey two = key(new FlyteLiterals(values));
          assertThat(two.tag()).as("%s", other).isNotEqualTo(one.tag());
          assertThat(two.localKey()).as("%s", other).isNotEqualTo(one.localKey());
        });
  }

  private static FlyteCacheKey key(FlyteLiterals literals) {
    return FlyteFiles.task("void").key(literals);
  }

  private static String version(Message variables) {
    FlyteCaching caching = new FlyteCaching(true, "1", false, List.of());
    FlyteInterface types = new FlyteInterface(variables.map("variables"), Map.of());
    return FlyteCacheKey.of("p", "d", "t", caching, types, Map.of()).datasetVersion();
  }

  private static String sorted(String json) throws Exception {
    com.fasterxml.jackson.databind.json.JsonMapper mapper =
        com.fasterxml.jackson.databind.json.JsonMapper.builder()
            .enable(com.fasterxml.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    return mapper.writeValueAsString(mapper.readValue(json, Object.class));
  }

  /** Protobuf's own library, told the same fields, reads and writes the same bytes. */
  @Test
  void protobufItselfWritesTheSameBytes() throws Exception {
    FileDescriptor file = FileDescriptor.buildFrom(descriptors(), new FileDescriptor[0]);
    forAll(
        (random, message) -> {
          byte[] bytes = WireForm.write(message);
          DynamicMessage parsed =
              DynamicMessage.parseFrom(
                  file.findMessageTypeByName(message.type().name()), ByteString.copyFrom(bytes));
          assertThat(parsed.getUnknownFields().asMap()).isEmpty();
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          CodedOutputStream coded = CodedOutputStream.newInstance(out);
          coded.useDeterministicSerialization();
          parsed.writeTo(coded);
          coded.flush();
          // Java sorts maps by UTF-16, Python and C++ by bytes: only the words below U+E000 agree.
          if (!message.toString().contains("\uffff")) {
            assertThat(out.toByteArray()).isEqualTo(bytes);
          }
        });
  }

  private static FileDescriptorProto descriptors() {
    FileDescriptorProto.Builder file =
        FileDescriptorProto.newBuilder().setName("all").setSyntax("proto3");
    for (MessageType type : FlyteMessages.all()) {
      DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(type.name());
      List<String> oneofs = new ArrayList<>();
      for (ProtoField field : type.fields()) {
        if (field.kind() instanceof ProtoKind.PassedOver) {
          continue;
        }
        FieldDescriptorProto.Builder built = describe(field.number(), field.name(), field.kind());
        built.setLabel(
            field.cardinality() == Cardinality.ONE ? Label.LABEL_OPTIONAL : Label.LABEL_REPEATED);
        if (field.oneof() != null) {
          if (!oneofs.contains(field.oneof())) {
            oneofs.add(field.oneof());
            message.addOneofDecl(OneofDescriptorProto.newBuilder().setName(field.oneof()));
          }
          built.setOneofIndex(oneofs.indexOf(field.oneof()));
        }
        if (field.cardinality() == Cardinality.MAP) {
          String entry =
              field.json().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                  + field.json().substring(1)
                  + "Entry";
          message.addNestedType(
              DescriptorProto.newBuilder()
                  .setName(entry)
                  .setOptions(MessageOptions.newBuilder().setMapEntry(true))
                  .addField(
                      describe(1, "key", ProtoKind.Scalar.STRING).setLabel(Label.LABEL_OPTIONAL))
                  .addField(describe(2, "value", field.kind()).setLabel(Label.LABEL_OPTIONAL)));
          built.setType(Type.TYPE_MESSAGE).setTypeName("." + type.name() + "." + entry);
        }
        message.addField(built);
      }
      file.addMessageType(message);
    }
    return file.build();
  }

  private static FieldDescriptorProto.Builder describe(int number, String name, ProtoKind kind) {
    FieldDescriptorProto.Builder field =
        FieldDescriptorProto.newBuilder().setNumber(number).setName(name);
    if (kind instanceof ProtoKind.Nested nested) {
      return field.setType(Type.TYPE_MESSAGE).setTypeName("." + nested.message());
    } else if (kind instanceof ProtoKind.Scalar scalar) {
      return field.setType(Type.valueOf("TYPE_" + scalar));
    }
    return field.setType(Type.TYPE_INT32);
  }
}
