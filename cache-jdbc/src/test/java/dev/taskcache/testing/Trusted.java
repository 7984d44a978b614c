package dev.taskcache.testing;

import static dev.taskcache.testing.Sample.ask;
import static dev.taskcache.testing.Sample.pass;
import static dev.taskcache.testing.Sample.train;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.taskcache.trust.Signer;
import dev.taskcache.trust.TrustedKeys;
import java.time.Duration;
import java.util.List;

/** Entries that are signed or not, and entries of other namespaces. */
final class Trusted {
  private static final String STORED = "A miss NO_EARLIER_RESULT -> 1, stored";
  private static final By OURS =
      By.of(
          "a cache that signs and trusts its own key",
          (world, it) ->
              it.sign(signer("ours", "ours"))
                  .trust(TrustedKeys.builder().hmac("ours", secret("ours")).build()));
  private static final By READER =
      By.of(
          "a cache that reads through to main",
          (world, it) -> it.readThrough("default", List.of("main")));

  private Trusted() {}

  static List<Situation> all() {
    return List.of(
        Situation.of(
            "signed with a trusted key, over times that pass",
            ask("a task", train()).by(OURS).says(STORED),
            ask("again", train()).by(OURS).says("A hit ENTRY_FOUND -> 1"),
            pass(Duration.ofHours(2)),
            ask("again", train()).by(OURS).says("A hit ENTRY_FOUND -> 1")),
        rejected("not signed", By.USUAL, "NOT_SIGNED"),
        rejected(
            "signed with a key that is not trusted",
            By.of("a cache with a key of its own", (w, it) -> it.sign(signer("theirs", "theirs"))),
            "SIGNER_UNKNOWN"),
        rejected(
            "signed with another key under the id of ours",
            By.of("somebody with another key", (w, it) -> it.sign(signer("ours", "theirs"))),
            "WRONGLY_SIGNED"),
        Situation.of(
            "read through to another namespace",
            ask("a task of main", train().namespace("main")).says(STORED),
            ask("in default", train()).by(READER).says("A hit READ_THROUGH -> 1"),
            ask("in default", train()).says("A miss NO_EARLIER_RESULT -> 2, stored"),
            ask("in default", train()).by(READER).says("A hit ENTRY_FOUND -> 2")),
        Situation.of(
            "read through, and nothing there either",
            ask("in default", train()).by(READER).says(STORED),
            ask("a task of main", train().namespace("main"))
                .says("A miss NO_EARLIER_RESULT -> 2, stored")));
  }

  private static Situation rejected(String name, By by, String reason) {
    return Situation.of(
        name,
        ask("a task", train()).by(by).says(STORED),
        ask("again", train()).by(OURS).says("A miss " + reason + " -> 2, stored"),
        ask("again", train()).by(OURS).says("A hit ENTRY_FOUND -> 2"));
  }

  private static Signer signer(String id, String secret) {
    return Signer.hmac(id, "us", secret(secret));
  }

  private static byte[] secret(String word) {
    return word.repeat(32).getBytes(UTF_8);
  }
}
