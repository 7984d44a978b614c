package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.TaskRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Texts of 100 MB have the right key, like any other. */
class LargeTextTest {
  private static final int MEGABYTES = 100;

  @Test
  void aHundredMegabytesOfAsciiAreKeyed() throws Exception {
    assertInputsDigest("a".repeat(MEGABYTES << 20));
  }

  @Test
  void aHundredMegabytesOfOtherTextAreKeyed() throws Exception {
    // Surrogate pairs at every offset that a chunk could end at.
    assertInputsDigest("a" + "é\uff61\ud83d\ude00b".repeat(MEGABYTES << 20 >> 4));
  }

  private static void assertInputsDigest(String text) throws Exception {
    TaskKey key =
        TaskRequest.builder(ComponentSpec.named("t"))
            .version("1")
            .input("x", text)
            .build()
            .key(ImageDigestResolver.NONE);

    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update(new byte[] {(byte) 0xa1, 0x61, 'x', 0x7a});
    sha256.update(ByteBuffer.allocate(4).putInt(utf8.length).flip());
    sha256.update(utf8);
    assertThat(key.parts(false).digests().get(KeyPart.INPUTS))
        .isEqualTo(HexFormat.of().formatHex(sha256.digest()));
  }
}
