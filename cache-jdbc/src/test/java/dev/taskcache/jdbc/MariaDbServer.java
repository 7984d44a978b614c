package dev.taskcache.jdbc;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real MariaDB of this JVM's own, of the programs that are installed, on a loopback port. It ends
 * with the JVM.
 */
final class MariaDbServer {
  private static final String PID = "pid";

  private final Path folder;
  private final int port = freePort();
  private final Process process;

  /** Makes an empty one and starts it; returns when it answers. */
  MariaDbServer() throws Exception {
    folder = Folders.create(Path.of("target", "mariadb").toAbsolutePath(), "server");
    String data = "--datadir=" + folder.resolve("data");
    Programs.run(
        List.of(
            program("mariadb-install-db").orElseThrow().toString(),
            "--no-defaults",
            data,
            "--auth-root-authentication-method=normal",
            "--skip-test-db"));
    File log = folder.resolve("log").toFile();
    process =
        new ProcessBuilder(
                program("mariadbd").orElseThrow().toString(),
                "--no-defaults",
                data,
                // It refuses to be root's, unless it is told so.
                "--user=" + System.getProperty("user.name"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--skip-name-resolve",
                // In its data folder: the path of a socket may not be long.
                "--socket=socket",
                "--pid-file=" + folder.resolve(PID),
                "--tmpdir=" + folder,
                // Nothing in it has to survive.
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-doublewrite=0")
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(this::discard));
    Until.holds("MariaDB answers: " + log, () -> answers(log));
  }

  static boolean isInstalled() {
    return program("mariadbd").isPresent() && program("mariadb-install-db").isPresent();
  }

  private static Optional<Path> program(String name) {
    String folders = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
    return Stream.of(folders.split(File.pathSeparator))
        .map(each -> Path.of(each, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Where a client finds it, as a user who may do everything. */
  String url() {
    return "jdbc:mariadb://127.0.0.1:" + port + "/?user=root";
  }

  private boolean answers(File log) throws IOException {
    if (!process.isAlive()) {
      throw new IOException("MariaDB does not start:\n" + Files.readString(log.toPath()));
    }
    try {
      DriverManager.getConnection(url()).close();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Ends the server of a JVM that did not come to it. */
  static void stopAbandoned(Path folder) throws IOException {
    Path pid = folder.resolve(PID);
    if (Files.exists(pid)) {
      ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
          .filter(it -> it.info().command().orElse("").endsWith("mariadbd"))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private void discard() {
    try {
      process.destroyForcibly().waitFor();
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
