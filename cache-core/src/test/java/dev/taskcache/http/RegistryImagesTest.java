package dev.taskcache.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.taskcache.CacheDecision;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.ImageNotResolvedException;
import dev.taskcache.key.ImageRef;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags of images in a real registry. */
class RegistryImagesTest {
  // As `htpasswd -nbB -C 4 ann hunter2` prints it.
  private static final String HTPASSWD =
      "ann:$2b$04$iPpZtZWD5fzV2SWx1YkiSe6w.KON2G2qR6Bzg1LUmwny1tthrp7tO";
  private static final RegistryLogin ANN = new RegistryLogin("ann", "hunter2");

  private final HttpClient client = HttpClient.newHttpClient();
  private final String repository = "test/" + Long.toString(System.nanoTime(), 36);

  @TempDir private Path folder;

  @BeforeEach
  void needsARegistry() {
    assumeTrue(TestRegistry.isThere(), TestRegistry.MISSING);
  }

  private RegistryImages.Builder images(TestRegistry registry) {
    return RegistryImages.builder(client).address(registry.name(), registry.address());
  }

  private Push push(TestRegistry registry) {
    return new Push(client, registry.address(), repository, "");
  }

  private String image(TestRegistry registry) {
    return registry.name() + "/" + repository;
  }

  @Test
  void aTagIsTheDigestOfItsManifestOrIndexInAllForms() throws Exception {
    try (TestRegistry registry = TestRegistry.open(folder)) {
      RegistryImages images = images(registry).build();
      for (Push.Form form : Push.Form.values()) {
        String one = push(registry).image("one-" + form, form, "a");
        String all = push(registry).index("all-" + form, form, "b");

        assertThat(images.resolve(image(registry) + ":one-" + form)).contains(one);
        assertThat(images.resolve(image(registry) + ":all-" + form)).contains(all);
        assertThat(one).isNotEqualTo(all);
      }
    }
  }

  @Test
  void aTagThatMovesMeansAnotherImageFromTheNextRunOn() throws Exception {
    try (TestRegistry registry = TestRegistry.open(folder);
        TaskCache cache =
            TaskCache.builder(new InMemoryStore())
                .images(images(registry).build().rememberedPerRun())
                .build()) {
      push(registry).image("latest", Push.Form.OCI, "monday");
      assertThat(run(cache, registry, "1").reason()).isEqualTo(Reason.NO_ENTRY);

      push(registry).image("latest", Push.Form.OCI, "tuesday");

      assertThat(run(cache, registry, "1").reason()).isEqualTo(Reason.ENTRY_FOUND);
      CacheDecision.Miss miss = (CacheDecision.Miss) run(cache, registry, "2");
      assertThat(miss.explanation().reason()).isEqualTo(Reason.IMAGE_CHANGED);
      assertThat(run(cache, registry, "2").reason()).isEqualTo(Reason.ENTRY_FOUND);
    }
  }

  private CacheDecision run(TaskCache cache, TestRegistry registry, String run)
      throws InterruptedException {
    ComponentSpec component =
        ComponentSpec.builder().name("train").image(ImageRef.parse(image(registry))).build();
    TaskRequest request =
        TaskRequest.builder(component).identity(new TaskIdentity("p", run, "train")).build();
    return cache.getOrRun(request, () -> Outputs.NONE).decision();
  }

  @Test
  void aTagThatIsNotThereIsNotRememberedToBeMissing() throws Exception {
    try (TestRegistry registry = TestRegistry.open(folder)) {
      ImageDigestResolver images = images(registry).build().rememberedPerRun();
      ImageDigestResolver.Run run = new ImageDigestResolver.Run("default", "p", "1");
      String tag = image(registry) + ":later";

      assertThatThrownBy(() -> images.resolve(tag, run))
          .isInstanceOf(ImageNotResolvedException.class)
          .hasMessageContaining(tag)
          .hasMessageContaining("has no " + repository + ":later (404)");

      String digest = push(registry).image("later", Push.Form.OCI, "a");
      assertThat(images.resolve(tag, run)).contains(digest);
    }
  }

  @Test
  void aNameWithoutARegistryIsOneOfDockerHub() throws Exception {
    try (TestRegistry registry = TestRegistry.open(folder)) {
      String name = repository.replace("test/", "");
      Push official = new Push(client, registry.address(), "library/" + name, "");
      String digest = official.image("latest", Push.Form.DOCKER, "a");

      RegistryImages images =
          RegistryImages.builder(client).address("docker.io", registry.address()).build();

      assertThat(images.resolve(name)).contains(digest);
      assertThat(images.resolve("docker.io/library/" + name + ":latest")).contains(digest);
    }
  }

  @Test
  void whatIsNotSaidToBePlainIsAskedOverTls() throws Exception {
    try (TestRegistry registry = TestRegistry.open(folder)) {
      RegistryImages images = RegistryImages.builder(client).build();

      assertThatThrownBy(() -> images.resolve(image(registry)))
          .isInstanceOf(ImageNotResolvedException.class)
          .hasMessageContaining("(https://" + registry.name() + ") cannot be trusted, or speaks no")
          .hasMessageContaining("or an http address if it has none");
    }
  }

  @Test
  void aRegistryThatWantsALoginGetsItWhenItAsks() throws Exception {
    assumeTrue(TestRegistry.isInstalled(), TestRegistry.MISSING);
    Path users = Files.writeString(folder.resolve("users"), HTPASSWD + "\n");
    try (TestRegistry registry =
        TestRegistry.start(
            folder, "http", "auth:\n  htpasswd: {realm: test, path: " + users + "}")) {
      String digest =
          new Push(client, registry.address(), repository, ANN.basic())
              .image("1", Push.Form.OCI, "a");
      String tag = image(registry) + ":1";

      assertThat(images(registry).logins(name -> login(registry, name, ANN)).build().resolve(tag))
          .contains(digest);
      assertThatThrownBy(() -> images(registry).build().resolve(tag))
          .hasMessageContaining("wants to know who asks (401)");
      RegistryLogin wrong = new RegistryLogin("ann", "hunter3");
      RegistryImages refused =
          images(registry).logins(name -> login(registry, name, wrong)).build();
      assertThatThrownBy(() -> refused.resolve(tag))
          .isInstanceOf(ImageNotResolvedException.class)
          .hasMessageContaining("refuses the login of ann (401)");
    }
  }

  private static Optional<RegistryLogin> login(
      TestRegistry registry, String name, RegistryLogin login) {
    assertThat(name).isEqualTo(registry.name());
    return Optional.of(login);
  }

  @Test
  void aRegistryThatWantsATokenGetsOneFromItsTokenServer() throws Exception {
    assumeTrue(TestRegistry.isInstalled(), TestRegistry.MISSING);
    TestKey key = new TestKey(folder);
    try (TokenServer tokens = new TokenServer(key, ANN);
        TestRegistry registry = withTokens(tokens, key)) {
      String all = tokens.token(repository, List.of("pull", "push"));
      String digest =
          new Push(client, registry.address(), repository, "Bearer " + all)
              .image("1", Push.Form.OCI, "a");
      String tag = image(registry) + ":1";

      assertThat(images(registry).logins(name -> login(registry, name, ANN)).build().resolve(tag))
          .contains(digest);
      assertThat(tokens.requests())
          .containsExactly(
              "GET /token?service=registry.test&scope=repository%3A"
                  + repository.replace("/", "%2F")
                  + "%3Apull");
      assertThatThrownBy(() -> images(registry).build().resolve(tag))
          .isInstanceOf(ImageNotResolvedException.class)
          .hasMessageContaining("its token server 127.0.0.1 gives none to callers without a login");
    }
  }

  @Test
  void atATokenServerForEverybodyNoLoginIsNeeded() throws Exception {
    assumeTrue(TestRegistry.isInstalled(), TestRegistry.MISSING);
    TestKey key = new TestKey(folder);
    try (TokenServer tokens = new TokenServer(key, null);
        TestRegistry registry = withTokens(tokens, key)) {
      assertThatThrownBy(() -> images(registry).build().resolve(image(registry)))
          .hasMessageContaining("has no " + repository + ":latest (404)");
    }
  }

  private TestRegistry withTokens(TokenServer tokens, TestKey key) throws Exception {
    return TestRegistry.start(
        folder,
        "http",
        String.join(
            "\n",
            "auth:",
            "  token:",
            "    realm: " + tokens.realm(),
            "    service: " + TokenServer.SERVICE,
            "    issuer: " + TokenServer.ISSUER,
            "    rootcertbundle: " + key.certificateFile()));
  }

  @Test
  void theClientsOwnTlsDecidesWhomToTrust() throws Exception {
    assumeTrue(TestRegistry.isInstalled(), TestRegistry.MISSING);
    TestKey key = new TestKey(folder);
    String tls = "  tls: {certificate: " + key.certificateFile() + ", key: " + key.keyFile() + "}";
    try (TestRegistry registry = TestRegistry.start(folder, "https", tls)) {
      HttpClient trusting = HttpClient.newBuilder().sslContext(key.trusting()).build();
      String digest =
          new Push(trusting, registry.address(), repository, "").image("1", Push.Form.OCI, "a");
      String tag = image(registry) + ":1";

      assertThat(RegistryImages.builder(trusting).build().resolve(tag)).contains(digest);
      assertThatThrownBy(() -> RegistryImages.builder(client).build().resolve(tag))
          .isInstanceOf(ImageNotResolvedException.class)
          .hasMessageContaining("cannot be trusted")
          .hasMessageContaining("give the HttpClient an SSLContext");
    }
  }
}
