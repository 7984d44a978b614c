package dev.taskcache.http;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A registry server, the CNCF's distribution (Debian: {@code docker-registry}), on a loopback port,
 * with its storage in a test's folder. Or, for tests that need no settings of their own, the one
 * whose address is in {@code TASKCACHE_TEST_REGISTRY}, as {@code http://127.0.0.1:5000}.
 */
final class TestRegistry implements AutoCloseable {
  static final String MISSING =
      "docker-registry is not installed (Debian: apt-get install docker-registry)";

  private static final Pattern LISTENING = Pattern.compile("listening on ([0-9.]+:\\d+)");

  private final Process process;
  private final URI address;

  private TestRegistry(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  static boolean isInstalled() {
    return program().isPresent();
  }

  static boolean isThere() {
    return given().isPresent() || isInstalled();
  }

  private static Optional<URI> given() {
    return Optional.ofNullable(System.getenv("TASKCACHE_TEST_REGISTRY")).map(URI::create);
  }

  /** Any registry that lets everybody push and pull over plain HTTP. */
  static TestRegistry open(Path folder) throws IOException {
    return given().isPresent() ? new TestRegistry(null, given().get()) : start(folder, "http", "");
  }

  /**
   * Starts one.
   *
   * @param http lines below {@code http:}, indented by two spaces, and after it
   */
  static TestRegistry start(Path folder, String scheme, String http) throws IOException {
    Path settings = folder.resolve("registry.yml");
    Files.writeString(
        settings,
        String.join(
            "\n",
            "version: 0.1",
            "log: {level: info, accesslog: {disabled: true}}",
            "storage:",
            "  filesystem: {rootdirectory: " + folder.resolve("registry") + "}",
            "http:",
            "  addr: 127.0.0.1:0",
            "  secret: test",
            http,
            ""));
    Process process =
        new ProcessBuilder(program().orElseThrow().toString(), "serve", settings.toString())
            .redirectErrorStream(true)
            .start();
    StringBuilder log = new StringBuilder();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        drain(lines);
        return new TestRegistry(process, URI.create(scheme + "://" + listening.group(1)));
      }
      log.append(line).append('\n');
    }
    throw new IOException("the registry ended at once: " + log);
  }

  /** A pipe that is full would stop it. */
  private static void drain(Reader lines) {
    Thread reader =
        new Thread(
            () -> {
              try {
                lines.transferTo(Writer.nullWriter());
              } catch (IOException e) {
                // It has ended.
              }
            });
    reader.setDaemon(true);
    reader.start();
  }

  private static Optional<Path> program() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(each -> Path.of(each, "docker-registry"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  URI address() {
    return address;
  }

  /** As it stands in images' names. */
  String name() {
    return address.getAuthority();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }
}
