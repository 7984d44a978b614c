package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.taskcache.CacheDecision;
import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Limits;
import dev.taskcache.policy.Mode;
import dev.taskcache.policy.Trust;
import dev.taskcache.policy.Verification;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.Purge;
import dev.taskcache.store.StoreException;
import dev.taskcache.store.WriteOutcome;
import dev.taskcache.trust.SignedBy;
import dev.taskcache.trust.Signer;
import dev.taskcache.trust.TrustedKeys;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each step of {@code docs/security.md}, on a real PostgreSQL with the page's own statements. */
class SecurityPageTest {
  private static final String POSTGRESQL = "dev.taskcache.jdbc.TestDatabase#postgresql";
  private static final Path PAGE = Path.of("../docs/security.md");
  private static final Path SOURCE =
      Path.of("src/test/java/dev/taskcache/jdbc/SecurityPageTest.java");

  private final KeyPair ciPair = Keys.pair();
  private final byte[] prSecret = Keys.secret();

  private static List<String> blocks(String language) throws IOException {
    return Pattern.compile("``` *" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(PAGE))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static String packed(String code) {
    return code.replaceAll("\\s", "");
  }

  @Test
  void thePagesJavaIsInThisTest() throws IOException {
    String source = packed(Files.readString(SOURCE));

    assertThat(blocks("java"))
        .hasSize(6)
        .allSatisfy(each -> assertThat(source).contains(packed(each)));
  }

  @Test
  void thePageNamesTheTestOfEachStep() throws IOException {
    List<String> named =
        Pattern.compile("`SecurityPageTest\\.(\\w+)`")
            .matcher(Files.readString(PAGE))
            .results()
            .map(found -> found.group(1))
            .toList();

    assertThat(named).isNotEmpty().doesNotHaveDuplicates();
    assertThat(Stream.of(SecurityPageTest.class.getDeclaredMethods()).map(each -> each.getName()))
        .containsAll(named);
  }

  /** The set-up of the page, up to the caches. */
  private final class SetUp implements AutoCloseable {
    private final TestPostgres database;
    private final Roles roles;
    private final String ciRole;
    private final String prRole;
    private final String readerRole;

    SetUp(TestPostgres database) throws Exception {
      this.database = database;
      roles = new Roles(database);
      ciRole = roles.create("ci");
      prRole = roles.create("pr");
      readerRole = roles.create("reader");
      String owner = roles.create("owner");
      JdbcSchema schema = JdbcSchema.of(database.dataSource()).in(database.schema());
      schema.migrate();
      database.script(schema.roles(ciRole, readerRole, owner));
      for (String each : blocks("sql").subList(0, 2)) {
        database.script(named(each));
      }
    }

    /** The page's statements with the names of this test's schema and roles. */
    String named(String sql) {
      return sql.replaceAll("\\bcache_", database.schema() + "_")
          .replace("SCHEMA cache ", "SCHEMA " + database.schema() + " ");
    }

    private JdbcStore store(String role) {
      return JdbcStore.builder(TestDatabase.dataSource(database.url(role))).build();
    }

    JdbcStore ciStore() {
      return store(ciRole);
    }

    JdbcStore prStore() {
      return store(prRole);
    }

    JdbcStore readerStore() {
      return store(readerRole);
    }

    @Override
    public void close() throws SQLException {
      roles.close();
    }
  }

  private TrustedKeys mainKeys() {
    PublicKey ciPublic = ciPair.getPublic();
    TrustedKeys mainKeys = TrustedKeys.builder().ed25519("ci-2026", ciPublic).build();
    return mainKeys;
  }

  private TaskCache ci(JdbcStore store) {
    return ci(store, ciPair.getPrivate(), mainKeys());
  }

  private static TaskCache ci(JdbcStore store, PrivateKey ciPrivate, TrustedKeys mainKeys) {
    TaskCache cache =
        TaskCache.builder(store)
            .sign(Signer.ed25519("ci-2026", "ci", ciPrivate))
            .trust("main", mainKeys)
            .build();
    return cache;
  }

  private TaskCache pr(JdbcStore store) {
    TrustedKeys mainKeys = mainKeys();
    TrustedKeys prKeys = TrustedKeys.builder().hmac("pr-2026", prSecret).build();
    TaskCache cache =
        TaskCache.builder(store)
            .sign(Signer.hmac("pr-2026", "pull requests", prSecret))
            .trust("pr", prKeys)
            .trust("main", mainKeys)
            .readThrough("pr", List.of("main"))
            .build();
    return cache;
  }

  private TaskCache reader(JdbcStore store) {
    return reader(store, mainKeys());
  }

  private static TaskCache reader(JdbcStore store, TrustedKeys mainKeys) {
    Limits reading =
        new Limits(
            Mode.READ_ONLY,
            null,
            Verification.DIGEST,
            Trust.SIGNATURE_REQUIRED,
            "developers read what CI wrote");
    TaskCache cache = TaskCache.builder(store).trust("main", mainKeys).limits(reading).build();
    return cache;
  }

  private static Outcome<Outputs> run(TaskCache cache, TaskRequest request, String text)
      throws InterruptedException {
    return cache.getOrRun(request, () -> Samples.text(text));
  }

  private static TaskRequest main(int number) {
    return Samples.in("main", number);
  }

  private static TaskRequest pr(int number) {
    return Samples.in("pr", number);
  }

  @ParameterizedTest
  @MethodSource(POSTGRESQL)
  void whoeverWritesFirstInAPullRequestWritesItsOwnNamespace(TestPostgres database)
      throws Exception {
    try (SetUp setUp = new SetUp(database);
        JdbcStore prStore = setUp.prStore();
        JdbcStore ciStore = setUp.ciStore();
        TaskCache pr = pr(prStore);
        TaskCache ci = ci(ciStore)) {
      // The same task has the same key in both; the pull request's build is first, and bad.
      assertThat(run(pr, pr(1), "poison").write()).isInstanceOf(WriteOutcome.Stored.class);

      Outcome<Outputs> protectedBranch = run(ci, main(1), "good");

      assertThat(protectedBranch.value()).isEqualTo(Samples.text("good"));
      assertThat(protectedBranch.decision().reason()).isEqualTo(Reason.NO_ENTRY);
      assertThat(run(ci, main(1), "no").value()).isEqualTo(Samples.text("good"));
    }
  }

  @ParameterizedTest
  @MethodSource(POSTGRESQL)
  void pullRequestsAreServedWhatCiWrote(TestPostgres database) throws Exception {
    try (SetUp setUp = new SetUp(database);
        JdbcStore prStore = setUp.prStore();
        JdbcStore ciStore = setUp.ciStore();
        TaskCache pr = pr(prStore);
        TaskCache ci = ci(ciStore)) {
      run(ci, main(1), "good");

      CacheDecision.Hit hit = (CacheDecision.Hit) run(pr, pr(1), "no").decision();

      assertThat(hit.reason()).isEqualTo(Reason.READ_THROUGH);
      assertThat(hit.namespace()).isEqualTo("main");
      assertThat(hit.signedBy()).contains(new SignedBy("ci", "ci-2026"));
      assertThat(run(pr, pr(2), "own").write()).isInstanceOf(WriteOutcome.Stored.class);
      assertThat(run(pr, pr(2), "no").decision().reason()).isEqualTo(Reason.ENTRY_FOUND);
      assertThat(database.query("SELECT DISTINCT run FROM taskcache_entry WHERE namespace = 'pr'"))
          .containsExactly("run 2");
    }
  }

  @ParameterizedTest
  @MethodSource(POSTGRESQL)
  void theDatabaseRefusesAPullRequestThatWritesMain(TestPostgres database) throws Exception {
    try (SetUp setUp = new SetUp(database);
        JdbcStore prStore = setUp.prStore();
        JdbcStore ciStore = setUp.ciStore();
        TaskCache ci = ci(ciStore);
        TaskCache attacker = TaskCache.builder(prStore).strict().build()) {
      run(ci, main(1), "good");
      List<String> before = database.query("SELECT t::text FROM taskcache_entry AS t");

      assertThatThrownBy(() -> attacker.decide(main(2))).isInstanceOf(StoreException.class);
      CachingOptions refresh = CachingOptions.builder().mode(Mode.REFRESH).build();
      TaskRequest replacing =
          TaskRequest.builder(main(1).component())
              .namespace("main")
              .version("1")
              .input("epochs", 1)
              .outputs(main(1).outputs().orElseThrow())
              .options(refresh)
              .build();
      assertThatThrownBy(() -> attacker.decide(replacing)).isInstanceOf(StoreException.class);
      assertThatThrownBy(
              () -> prStore.invalidate("main", new EntrySelector.Component("train"), "attacker"))
          .isInstanceOf(StoreException.class);
      assertThat(prStore.purge(new Purge(Duration.ZERO, Duration.ZERO)))
          .isEqualTo(new Purge.Purged(0, 0));
      assertThat(database.query("SELECT t::text FROM taskcache_entry AS t")).isEqualTo(before);
      // Its own namespace it may invalidate and purge.
      assertThat(prStore.invalidate("pr", new EntrySelector.Component("train"), "us")).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(POSTGRESQL)
  void whoCanWriteMainWithoutTheKeyPoisonsNobody(TestPostgres database) throws Exception {
    try (SetUp setUp = new SetUp(database);
        JdbcStore stolen = setUp.ciStore();
        JdbcStore prStore = setUp.prStore();
        JdbcStore ciStore = setUp.ciStore();
        TaskCache ci = ci(ciStore);
        TaskCache pr = pr(prStore);
        // The password of the database without the key, and with the key of pull requests.
        TaskCache unsigned = TaskCache.builder(stolen).build();
        TaskCache forged =
            TaskCache.builder(stolen).sign(Signer.hmac("pr-2026", "ci", prSecret)).build();
        TaskCache disguised =
            TaskCache.builder(stolen)
                .sign(Signer.hmac("ci-2026", "ci", ciPair.getPublic().getEncoded()))
                .build()) {
      run(unsigned, main(1), "poison");
      run(forged, main(2), "poison");
      run(disguised, main(3), "poison");

      assertThat(pr.peek(pr(1)).reason()).isEqualTo(Reason.NOT_SIGNED);
      assertThat(pr.peek(pr(2)).reason()).isEqualTo(Reason.SIGNER_UNKNOWN);
      assertThat(pr.peek(pr(3)).reason()).isEqualTo(Reason.WRONGLY_SIGNED);
      for (int i = 1; i <= 3; i++) {
        assertThat(run(ci, main(i), "good").value()).isEqualTo(Samples.text("good"));
        assertThat(run(pr, pr(i), "no").value()).isEqualTo(Samples.text("good"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource(POSTGRESQL)
  void aReaderThatMayOnlySelectGetsHitsAndWritesNothing(TestPostgres database) throws Exception {
    try (SetUp setUp = new SetUp(database);
        JdbcStore ciStore = setUp.ciStore();
        TaskCache ci = ci(ciStore)) {
      run(ci, main(1), "good");
      TaskCache.builder(ciStore).build().getOrRun(main(2), () -> Samples.text("unsigned"));
      CountingDataSource counting =
          new CountingDataSource(TestDatabase.dataSource(database.url(setUp.readerRole)));
      try (JdbcStore readerStore = JdbcStore.builder(counting.dataSource()).build();
          TaskCache reader = reader(readerStore)) {
        CacheDecision.Hit hit = (CacheDecision.Hit) run(reader, main(1), "no").decision();
        assertThat(hit.signedBy()).contains(new SignedBy("ci", "ci-2026"));
        Outcome<Outputs> unsigned = run(reader, main(2), "mine");
        assertThat(unsigned.decision().reason()).isEqualTo(Reason.NOT_SIGNED);
        assertThat(unsigned.value()).isEqualTo(Samples.text("mine"));
        assertThat(unsigned.write().toString()).contains("developers read what CI wrote");
        CacheDecision.Miss miss = (CacheDecision.Miss) run(reader, main(3), "mine").decision();
        assertThat(miss.explanation().reason()).isEqualTo(Reason.INPUT_CHANGED);
        assertThat(reader.plan(List.of(main(1), main(2), main(3))))
            .extracting(CacheDecision::reason)
            .containsExactly(Reason.ENTRY_FOUND, Reason.NOT_SIGNED, Reason.NO_ENTRY);
      }
      // Also when the store was closed, which writes uses down.
      assertThat(counting.statements()).isNotEmpty().allMatch(sql -> sql.startsWith("SELECT "));
      assertThat(counting.failures()).isEmpty();
      assertThat(database.query("SELECT coalesce(uses, 0) FROM taskcache_entry")).containsOnly("0");
    }
  }

  @ParameterizedTest
  @MethodSource(POSTGRESQL)
  void aReaderCannotWriteWhateverItAsksFor(TestPostgres database) throws Exception {
    try (SetUp setUp = new SetUp(database);
        JdbcStore readerStore = setUp.readerStore();
        TaskCache writing = TaskCache.builder(readerStore).strict().build()) {
      assertThatThrownBy(() -> writing.decide(main(1)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("claim a lease");
      assertThat(database.query("SELECT count(*) FROM taskcache_entry")).containsExactly("0");
    }
  }

  @ParameterizedTest
  @MethodSource(POSTGRESQL)
  void aKeyIsRotatedStepByStep(TestPostgres database) throws Exception {
    KeyPair next = Keys.pair();
    PublicKey ciPublic = ciPair.getPublic();
    PublicKey nextPublic = next.getPublic();
    PrivateKey nextPrivate = next.getPrivate();
    try (SetUp setUp = new SetUp(database);
        JdbcStore ciStore = setUp.ciStore();
        JdbcStore readerStore = setUp.readerStore()) {
      run(ci(ciStore), main(1), "of the old key");

      // 1 and 2: readers and CI trust both keys; CI still signs with the old one.
      TrustedKeys both =
          TrustedKeys.builder().ed25519("ci-2026", ciPublic).ed25519("ci-2027", nextPublic).build();
      run(ci(ciStore, ciPair.getPrivate(), both), main(2), "of the old key");
      assertThat(reader(readerStore, both).peek(main(2)).reason()).isEqualTo(Reason.ENTRY_FOUND);

      // 3: CI signs with the new one. Entries of the old one are served as before.
      TaskCache rotated =
          TaskCache.builder(ciStore)
              .sign(Signer.ed25519("ci-2027", "ci", nextPrivate))
              .trust("main", both)
              .build();
      run(rotated, main(3), "of the new key");
      for (int i = 1; i <= 3; i++) {
        assertThat(reader(readerStore, both).peek(main(i)).reason()).isEqualTo(Reason.ENTRY_FOUND);
      }

      // 4: the page's query shows whose entries are left.
      String left = blocks("sql").get(2).replace(";", "");
      assertThat(database.query("SELECT key_id || ' ' || entries FROM (" + left + ") AS x"))
          .containsExactly("ci-2026 2", "ci-2027 1");

      // 5: the old one is trusted no more, and what it signed runs again.
      TrustedKeys after = TrustedKeys.builder().ed25519("ci-2027", nextPublic).build();
      assertThat(reader(readerStore, after).peek(main(1)).reason())
          .isEqualTo(Reason.SIGNER_UNKNOWN);
      TaskCache last =
          TaskCache.builder(ciStore)
              .sign(Signer.ed25519("ci-2027", "ci", nextPrivate))
              .trust("main", after)
              .build();
      assertThat(run(last, main(1), "again").value()).isEqualTo(Samples.text("again"));
      assertThat(reader(readerStore, after).peek(main(1)).reason()).isEqualTo(Reason.ENTRY_FOUND);
    }
  }

  @ParameterizedTest
  @MethodSource(POSTGRESQL)
  void anUnsignedNamespaceBecomesASignedOne(TestPostgres database) throws Exception {
    try (SetUp setUp = new SetUp(database);
        JdbcStore ciStore = setUp.ciStore();
        TaskCache before = TaskCache.builder(ciStore).build();
        TaskCache meanwhile =
            TaskCache.builder(ciStore)
                .sign(Signer.ed25519("ci-2026", "ci", ciPair.getPrivate()))
                .trust("main", mainKeys())
                .defaults(CachingOptions.builder().trust(Trust.UNSIGNED_ACCEPTED).build())
                .build();
        TaskCache after = ci(ciStore)) {
      run(before, main(1), "unsigned");

      assertThat(run(meanwhile, main(1), "no").value()).isEqualTo(Samples.text("unsigned"));
      run(meanwhile, main(2), "signed");
      assertThat(after.peek(main(1)).reason()).isEqualTo(Reason.NOT_SIGNED);
      assertThat(after.peek(main(2)).reason()).isEqualTo(Reason.ENTRY_FOUND);
    }
  }

  @ParameterizedTest
  @MethodSource(POSTGRESQL)
  void anOlderSignedEntryCanBeBroughtBackByWhoWritesRows(TestPostgres database) throws Exception {
    try (SetUp setUp = new SetUp(database);
        JdbcStore ciStore = setUp.ciStore();
        TaskCache ci = ci(ciStore)) {
      run(ci, main(1), "withdrawn");
      database.execute("CREATE TABLE copy AS SELECT * FROM taskcache_entry");
      ciStore.invalidate("main", new EntrySelector.Component("train"), "us");
      assertThat(run(ci, main(1), "right").value()).isEqualTo(Samples.text("right"));
      database.execute(
          "DELETE FROM taskcache_entry", "INSERT INTO taskcache_entry SELECT * FROM copy");

      // The page says so: only an age or an expiry ends that.
      assertThat(run(ci, main(1), "no").value()).isEqualTo(Samples.text("withdrawn"));
    }
  }

  @Test
  void keysOfOpensslCanBeRead(@TempDir Path folder) throws Exception {
    boolean installed =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(each -> Files.isExecutable(Path.of(each, "openssl")));
    assumeTrue(installed, "OpenSSL is not installed");
    String commands = blocks("sh").get(0).strip().replace("\n", " && ");
    Programs.run(List.of("sh", "-c", "cd '" + folder + "' && " + commands));
    String ciPem = Files.readString(folder.resolve("ci.pem"));
    String ciPubPem = Files.readString(folder.resolve("ci.pub.pem"));
    byte[] prBytes = Base64.getMimeDecoder().decode(Files.readString(folder.resolve("pr.secret")));

    PrivateKey ciPrivate = privateKey(ciPem);
    PublicKey ciPublic = publicKey(ciPubPem);

    TrustedKeys keys = TrustedKeys.builder().ed25519("ci-2026", ciPublic).build();
    assertThat(keys.trust(Signer.ed25519("ci-2026", "ci", ciPrivate))).isTrue();
    assertThat(
            TrustedKeys.builder()
                .hmac("pr-2026", prBytes)
                .build()
                .trust(Signer.hmac("pr-2026", "pull requests", prBytes)))
        .isTrue();
  }

  static byte[] pem(String text) {
    return Base64.getMimeDecoder().decode(text.replaceAll("-----.*-----", ""));
  }

  static PrivateKey privateKey(String pem) throws Exception {
    return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pem(pem)));
  }

  static PublicKey publicKey(String pem) throws Exception {
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(pem(pem)));
  }
}
