package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySignature;
import dev.taskcache.store.Lease;
import dev.taskcache.store.NewEntry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store must do with signatures, which it keeps and makes nothing of. */
abstract class SignatureContract extends WaitingContract {

  /** A signature of any bytes, among which are the times that are signed. */
  private static EntrySignature over(Instant createdAt, @Nullable Instant expiresAt) {
    byte[] times = (createdAt + " " + expiresAt).getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[256 + times.length];
    for (int i = 0; i < 256; i++) {
      bytes[i] = (byte) i;
    }
    System.arraycopy(times, 0, bytes, 256, times.length);
    return new EntrySignature(bytes);
  }

  private static NewEntry signed(String text, @Nullable Duration lifetime) {
    return result(text, lifetime).sealedBy(SignatureContract::over);
  }

  /** Its signature is over the times that everybody sees. */
  private void isSigned(CacheEntry entry) {
    EntryHeader header = entry.header();
    assertThat(header.signature()).isEqualTo(over(header.createdAt(), header.expiresAt()));
    assertThat(header.createdAt().truncatedTo(ChronoUnit.MICROS)).isEqualTo(header.createdAt());
    assertThat(store.find(entry.id()).entry()).contains(entry);
    assertThat(planned(entry.id()).entry()).contains(header);
  }

  @Test
  void aSignatureIsOverTheTimesOfTheEntryAndFoundWithIt() {
    isSigned(publish(id, signed("x", null)));
    isSigned(publish(newId(), signed("x", ExpiryContract.LIFETIME)));
    isSigned(publish(newId(), signed("x", Duration.ofNanos(3_600_000_001_234L))));
  }

  @Test
  void anEntryThatIsNotSignedHasNone() {
    assertThat(publish("x").header().signature()).isNull();
    assertThat(store.find(id).entry().orElseThrow().header().signature()).isNull();
  }

  @Test
  void aResultWithoutALeaseIsSignedToo() {
    isSigned(stored(store.publishUnleased(id, signed("x", null), Duration.ZERO)));
    EntryId expiring = newId();
    NewEntry result = signed("old", ExpiryContract.LIFETIME);
    isSigned(stored(store.publishUnleased(expiring, result, Duration.ZERO)));
    elapse(ExpiryContract.LIFETIME);

    isSigned(stored(store.publishUnleased(expiring, result, Duration.ZERO)));
  }

  @Test
  void aReplacementHasItsOwnSignatureOrNone() {
    CacheEntry old = publish(id, signed("old", null));
    Lease lease = claim(id, "b", old.fence()).orElseThrow();
    assertThat(store.find(id).entry().orElseThrow().header().signature())
        .as("the old one's, while the new one is not there")
        .isEqualTo(old.header().signature());
    CacheEntry unsigned = stored(store.publish(lease, result("new")));

    assertThat(unsigned.header().signature()).isNull();
    assertThat(store.find(id).entry()).contains(unsigned);
    isSigned(
        stored(store.publish(claim(id, "c", unsigned.fence()).orElseThrow(), signed("x", null))));
  }

  @Test
  void aSignedResultPublishedAgainBecauseTheReplyWasLostIsTheFirst() {
    Lease lease = claim("a").orElseThrow();
    CacheEntry first = stored(store.publish(lease, signed("x", null)));

    assertThat(stored(store.publish(lease, signed("x", null)))).isEqualTo(first);
  }

  @Test
  void aSignedEntryExpiresByTheStoresClock() {
    CacheEntry entry = publish(id, signed("x", ExpiryContract.LIFETIME));
    assertThat(entry.header().expiresAt())
        .isEqualTo(entry.createdAt().plus(ExpiryContract.LIFETIME));
    assertThat(entry.createdAt()).isBeforeOrEqualTo(now());
    elapse(ExpiryContract.LIFETIME);

    assertThat(store.find(id).entry()).isEmpty();
    assertThat(claim("b")).isPresent();
  }
}
