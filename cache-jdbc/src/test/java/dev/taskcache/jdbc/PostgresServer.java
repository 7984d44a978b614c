package dev.taskcache.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A real PostgreSQL of this JVM's own, on a loopback port and with fsync on, that can be killed and
 * started again over the same data. It ends with the JVM.
 */
final class PostgresServer {
  private static final int STARTS = 50;

  private final Unprivileged as;
  private final Path binaries;
  private final Path data;
  private final int port;
  private Process postmaster;

  /** Makes an empty cluster and starts it. */
  PostgresServer(String release, Unprivileged as) throws IOException {
    this.as = as;
    this.binaries = PostgresBinaries.unpack(release, as.base());
    this.data = Folders.create(as.base(), release);
    as.own(data);
    this.port = freePort();
    Programs.run(
        as.command(
            binaries.resolve("bin/initdb").toString(),
            "--pgdata=" + data,
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync"));
    restart();
    Runtime.getRuntime().addShutdownHook(new Thread(this::discard));
  }

  /** Where a client finds it. */
  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
  }

  boolean isAlive() {
    return postmaster.isAlive();
  }

  /** SIGKILL to the postmaster and to all its children, as if the machine had failed. */
  void kill() {
    List<ProcessHandle> children = postmaster.descendants().toList();
    postmaster.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    try {
      if (!postmaster.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("PostgreSQL survived SIGKILL");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts it over the same data, killing it first if need be; returns when it answers. */
  void restart() throws IOException {
    if (postmaster != null && postmaster.isAlive()) {
      kill();
    }
    String log = "";
    // A killed child that is not quite gone yet still holds the shared memory.
    for (int i = 0; i < STARTS; i++) {
      Process started = start();
      CompletableFuture<String> ready = new CompletableFuture<>();
      Thread reader = new Thread(() -> read(started, ready), "postgres-" + port);
      reader.setDaemon(true);
      reader.start();
      log = ready.orTimeout(60, TimeUnit.SECONDS).join();
      if (started.isAlive() && log.isEmpty()) {
        postmaster = started;
        return;
      }
    }
    throw new IOException("PostgreSQL does not start:\n" + log);
  }

  /** Ends the server of a JVM that did not come to it. */
  static void stopAbandoned(Path data) throws IOException {
    Path pid = data.resolve("postmaster.pid");
    if (Files.exists(pid)) {
      ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).get(0)))
          .filter(it -> it.info().command().orElse("").endsWith("postgres"))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            as.command(
                binaries.resolve("bin/postgres").toString(),
                "-D",
                data.toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "port=" + port,
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=300",
                "-c",
                "fsync=on"))
        .redirectErrorStream(true)
        .start();
  }

  /** Completed with nothing when the server is ready, with its log when it ended before. */
  private void read(Process started, CompletableFuture<String> ready) {
    StringBuilder log = new StringBuilder();
    try (BufferedReader lines = started.inputReader(UTF_8);
        PrintWriter file = new PrintWriter(Files.newBufferedWriter(Path.of(data + ".log")), true)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        file.println(line);
        if (line.contains("database system is ready to accept connections")) {
          ready.complete("");
        }
        if (!ready.isDone()) {
          log.append(line).append('\n');
        }
      }
    } catch (IOException e) {
      log.append(e); // the pipe of a killed process
    }
    ready.complete(log.isEmpty() ? "it ended without a word" : log.toString());
  }

  private void discard() {
    kill();
    try {
      Folders.delete(data);
      Files.deleteIfExists(Path.of(data + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Below the range that clients' own ports come from: whoever keeps connecting to a dead server's
   * port in that range will at last be connected to himself.
   */
  private static int freePort() throws IOException {
    for (int i = 0; i < 100; i++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException e) {
        continue; // taken
      }
    }
    throw new IOException("no free port");
  }
}
