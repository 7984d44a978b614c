package dev.taskcache.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.taskcache.TaskCache;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Another process that runs a main class of these tests, with this one's class path. */
final class ChildJvm implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final BufferedReader lines;
  private final BufferedWriter input;

  /** Starts it; what it writes to stderr goes to ours. */
  ChildJvm(Class<?> main, String... arguments) throws IOException {
    this(environment -> {}, main, arguments);
  }

  /** Starts it in another environment. */
  ChildJvm(Consumer<Map<String, String>> environment, Class<?> main, String... arguments)
      throws IOException {
    this(environment, System.getProperty("java.class.path"), main, arguments);
  }

  private ChildJvm(
      Consumer<Map<String, String>> environment,
      String classPath,
      Class<?> main,
      String... arguments)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            // It does not live for long enough for more than that.
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            classPath,
                            main.getName()),
                        Stream.of(arguments))
                    .toList())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    environment.accept(builder.environment());
    process = builder.start();
    lines = process.inputReader(UTF_8);
    input = process.outputWriter(UTF_8);
  }

  /**
   * Starts it with an earlier build of what is tested.
   *
   * @param earlier a checkout that is compiled
   */
  static ChildJvm of(Path earlier, Class<?> main, String... arguments) throws IOException {
    String classPath = System.getProperty("java.class.path");
    for (Class<?> each : List.of(TaskCache.class, JdbcStore.class)) {
      Path ours = Path.of(each.getProtectionDomain().getCodeSource().getLocation().getPath());
      String module = each == JdbcStore.class ? "cache-jdbc" : "cache-core";
      Path theirs = earlier.resolve(module).resolve("target/classes");
      if (!Files.isDirectory(theirs) || !classPath.contains(ours.toString())) {
        throw new IOException("cannot put " + theirs + " in place of " + ours);
      }
      classPath = classPath.replace(ours.toString(), theirs.toString());
    }
    return new ChildJvm(environment -> {}, classPath, main, arguments);
  }

  /** Its next line, or null at its end; fails after a minute. */
  String line() {
    return CompletableFuture.supplyAsync(this::lineWhenever)
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  /** Its next line however long that takes, or null at its end. */
  String lineWhenever() {
    try {
      return lines.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives it a line. */
  void tell(String line) throws IOException {
    input.write(line + "\n");
    input.flush();
  }

  /** The rest of its lines, when it has ended. */
  List<String> rest() {
    return Stream.generate(this::line).takeWhile(line -> line != null).toList();
  }

  /** SIGKILL; what it wrote before can still be read. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  /** Sends another signal. */
  void signal(String name) throws IOException {
    Programs.run(List.of("kill", "-" + name, String.valueOf(process.pid())));
  }

  /** SIGKILL, and nothing can be read any more. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
