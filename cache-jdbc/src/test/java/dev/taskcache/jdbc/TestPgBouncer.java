package dev.taskcache.jdbc;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A PgBouncer before a database's server, on a loopback port, that gives each transaction to any of
 * two connections to the server. Where the program is not installed its tests are skipped.
 */
final class TestPgBouncer implements AutoCloseable {
  static final String MISSING = "PgBouncer is not installed (Debian: apt-get install pgbouncer)";

  private static final Pattern USER = Pattern.compile("[?&]user=([^&]*)");
  private static final Pattern PASSWORD = Pattern.compile("[?&]password=([^&]*)");

  private final Path folder;
  private final int port;
  private final String path;
  private final Process process;

  TestPgBouncer(TestDatabase database) throws Exception {
    Unprivileged as = Unprivileged.possible().get(0);
    URI server = URI.create(database.url().replaceFirst("jdbc:", "").replaceFirst("\\?.*", ""));
    folder = Folders.create(as.base(), "pgbouncer");
    port = freePort();
    path = server.getPath();
    Path users = folder.resolve("users");
    String user = found(USER, database.url());
    String password = found(PASSWORD, database.url());
    Files.writeString(users, "\"" + user + "\" \"" + password + "\"\n");
    Path settings = folder.resolve("pgbouncer.ini");
    Files.writeString(
        settings,
        String.join(
            "\n",
            "[databases]",
            "* = host=" + server.getHost() + " port=" + server.getPort(),
            "[pgbouncer]",
            "listen_addr = 127.0.0.1",
            "listen_port = " + port,
            "unix_socket_dir =",
            "auth_type = trust",
            "auth_file = " + users,
            "pool_mode = transaction",
            "default_pool_size = 2",
            "max_client_conn = 200",
            "ignore_startup_parameters = extra_float_digits",
            ""));
    as.own(folder);
    File log = folder.resolve("log").toFile();
    process =
        new ProcessBuilder(as.command(program().orElseThrow().toString(), settings.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    Until.holds("PgBouncer answers: " + log, this::answers);
  }

  static boolean isInstalled() {
    return program().isPresent();
  }

  private static Optional<Path> program() {
    String folders = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
    return Stream.of(folders.split(File.pathSeparator))
        .map(each -> Path.of(each, "pgbouncer"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String found(Pattern pattern, String url) {
    Matcher matcher = pattern.matcher(url);
    return matcher.find() ? matcher.group(1) : "";
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new IllegalStateException("PgBouncer ended: see " + folder);
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Leads through it to the same database, without a search path, which it would not pass on. */
  String url(TestDatabase database) {
    return "jdbc:postgresql://127.0.0.1:"
        + port
        + path
        + "?"
        + database.url().replaceFirst("[^?]*\\?", "").replaceFirst("&?currentSchema=[^&]*", "");
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Folders.delete(folder);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
