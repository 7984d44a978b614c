package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.key.ValueDigest;
import dev.taskcache.store.Outputs;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KnownOutputsTest {
  private final KnownOutputs known = new KnownOutputs();

  private static byte[] payload(Outputs outputs) {
    return Envelope.seal(outputs.values());
  }

  private static String digest(Outputs outputs) {
    return ValueDigest.of(outputs.values()).hex();
  }

  @Test
  void theSameBytesAreReadOnce() throws Exception {
    Outputs outputs = Samples.text("a");
    Outputs first = known.of(payload(outputs), digest(outputs));
    assertThat(first).isEqualTo(outputs);
    assertThat(known.of(payload(outputs), digest(outputs))).isSameAs(first);
  }

  @Test
  void otherBytesUnderAKnownDigestAreDamaged() throws Exception {
    Outputs outputs = Samples.text("a");
    known.of(payload(outputs), digest(outputs));

    byte[] altered = payload(Samples.text("b"));
    assertThatThrownBy(() -> known.of(altered, digest(outputs)))
        .isInstanceOf(Envelope.DamagedException.class)
        .hasMessageContaining("its digest is not " + digest(outputs));
    assertThatThrownBy(() -> known.of(null, digest(outputs)))
        .isInstanceOf(Envelope.DamagedException.class)
        .hasMessage("it is not there");
    assertThat(known.of(payload(outputs), digest(outputs))).isEqualTo(outputs);
  }

  @Test
  void knownBytesUnderAnotherDigestAreDamaged() throws Exception {
    Outputs outputs = Samples.text("a");
    known.of(payload(outputs), digest(outputs));
    String another = digest(Samples.text("b"));
    assertThatThrownBy(() -> known.of(payload(outputs), another))
        .isInstanceOf(Envelope.DamagedException.class);
  }

  @Test
  void largePayloadsAreNotKept() throws Exception {
    StringBuilder random = new StringBuilder();
    new Random(1).ints(2 * KnownOutputs.LARGEST, '!', '~').forEach(c -> random.append((char) c));
    Outputs outputs = Samples.text(random.toString());
    assertThat(payload(outputs).length).isGreaterThan(KnownOutputs.LARGEST);
    Outputs first = known.of(payload(outputs), digest(outputs));
    assertThat(known.of(payload(outputs), digest(outputs))).isEqualTo(first).isNotSameAs(first);
  }
}
