package dev.taskcache.jdbc.kfp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.taskcache.key.CacheKey;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.ValueDigest;
import dev.taskcache.kfp.KfpFingerprint;
import dev.taskcache.store.Outputs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * No row gives anything but a result or the documented exception. In an ordinary test run each test
 * sees its seeds only; with {@code JAZZER_FUZZ=1} and one test selected Jazzer searches on.
 */
class RowFuzzTest {
  @FuzzTest(maxDuration = "20s")
  void outputReader(FuzzedDataProvider data) {
    String json = data.consumeRemainingAsString();
    try {
      Outputs outputs = V1Output.read(json);
      assertThat(ValueDigest.of(outputs.values()).hex()).matches("[0-9a-f]{64}");
    } catch (InvalidRequestException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  /** Whatever the numbers and keys are, each row is counted once, and a valid one has time left. */
  @FuzzTest(maxDuration = "20s")
  void rowReader(FuzzedDataProvider data) throws Exception {
    long now = data.consumeLong(0, 1L << 40);
    long maximum = data.consumeBoolean() ? -1 : data.consumeLong(0, Long.MAX_VALUE);
    Tally tally = new Tally();
    List<KfpImportKey> told = new ArrayList<>();
    Judging judging = new Judging(now, maximum, tally, null, told::add);
    long rows = 0;
    while (data.remainingBytes() > 0 && rows < 100) {
      String key =
          switch (data.consumeInt(0, 3)) {
            case 0 -> null;
            case 1 -> data.consumeString(70);
            default -> Integer.toHexString(data.consumeInt(0, 15)).repeat(64);
          };
      CachedRow row = new CachedRow(++rows, key, data.consumeLong(), data.consumeLong());
      if (row.state(now, maximum) == RowState.VALID) {
        assertThat(CacheKey.parse(KfpFingerprint.V1 + ":" + row.key())).isNotNull();
        Duration left = row.left(now, maximum);
        assertThat(left == null || left.toMillis() > 0).isTrue();
        assertThat(Duration.ofSeconds(row.age(now)).isNegative()).isFalse();
      }
      judging.read(row);
    }
    judging.end();
    assertThat(tally.counts().rows()).isEqualTo(rows);
    assertThat(tally.counts().addUp()).isTrue();
    assertThat(told).allMatch(each -> each.isDuplicated() || each.valid().isEmpty());
  }
}
