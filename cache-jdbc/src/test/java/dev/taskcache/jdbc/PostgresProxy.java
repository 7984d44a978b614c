package dev.taskcache.jdbc;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/**
 * Stands between a client and its PostgreSQL, on a loopback port: counts round trips, loses the
 * reply to a statement that is committed already, says nothing more, hangs up.
 */
final class PostgresProxy implements AutoCloseable {
  private final String url;
  private final InetSocketAddress server;
  private final ServerSocket listening;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger roundTrips = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicReference<String> losing = new AtomicReference<>();
  private volatile CountDownLatch silence = new CountDownLatch(0);
  private volatile boolean hungUp;

  PostgresProxy(TestDatabase database) throws IOException {
    this.url = database.url();
    URI uri = uri(url);
    this.server = new InetSocketAddress(uri.getHost(), uri.getPort());
    this.listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  private static URI uri(String url) {
    return URI.create(url.substring("jdbc:".length()).replaceFirst("\\?.*", ""));
  }

  /** Leads through it to the database. */
  String url() {
    return url.replaceFirst("//[^/]*/", "//127.0.0.1:" + listening.getLocalPort() + "/")
        + "&sslmode=disable&gssEncMode=disable";
  }

  /** Connections through it, without a pool. */
  DataSource dataSource() {
    return TestDatabase.dataSource(url());
  }

  /** How often a client asked and was answered, logins included. */
  int roundTrips() {
    return roundTrips.get();
  }

  /**
   * The next statement with this text in it is committed, and then its connection is cut.
   *
   * @param sql a part of a statement that is not prepared yet
   */
  void loseReplyTo(String sql) {
    losing.set(sql);
  }

  /** How many replies it lost. */
  int lost() {
    return lost.get();
  }

  /** From now on no byte gets through, in either direction; connections are still accepted. */
  void fallSilent() {
    silence = new CountDownLatch(1);
  }

  /** Everything that was held back goes on, and new connections are served. */
  void speak() {
    hungUp = false;
    silence.countDown();
  }

  /** Ends all connections, and from now on each new one. */
  void hangUp() {
    hungUp = true;
    sockets.forEach(PostgresProxy::quietly);
  }

  /** Refuses connections from now on, and ends those that are there. */
  @Override
  public void close() throws IOException {
    listening.close();
    hangUp();
    silence.countDown();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        if (hungUp) {
          client.close();
          continue;
        }
        Socket upstream = new Socket();
        sockets.add(client);
        sockets.add(upstream);
        upstream.connect(server);
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        Link link = new Link(client, upstream);
        daemon(() -> link.pump(link::toServer));
        daemon(() -> link.pump(link::toClient));
      } catch (IOException e) {
        continue; // closed, or the server is down: the client sees a connection that ends
      }
    }
  }

  /** One client's connection, and the one to the server for it. */
  private final class Link {
    private final Socket client;
    private final Socket upstream;
    private volatile boolean losesNext;

    Link(Socket client, Socket upstream) {
      this.client = client;
      this.upstream = upstream;
    }

    private interface Direction {
      void run() throws IOException, InterruptedException;
    }

    void pump(Direction direction) {
      try {
        direction.run();
      } catch (IOException | InterruptedException e) {
        // cut off, as tests do
      } finally {
        quietly(client);
        quietly(upstream);
        sockets.remove(client);
        sockets.remove(upstream);
      }
    }

    void toServer() throws IOException, InterruptedException {
      PostgresWire wire = new PostgresWire(client.getInputStream());
      for (var message = wire.first(); message != null; message = wire.next()) {
        silence.await();
        String wanted = losing.get();
        if (wanted != null
            && message.sql().contains(wanted)
            && losing.compareAndSet(wanted, null)) {
          losesNext = true;
        }
        upstream.getOutputStream().write(message.bytes());
      }
    }

    void toClient() throws IOException, InterruptedException {
      PostgresWire wire = new PostgresWire(upstream.getInputStream());
      for (var message = wire.next(); message != null; message = wire.next()) {
        silence.await();
        if (losesNext) {
          if (message.isReady()) {
            lost.incrementAndGet();
            return;
          }
          continue; // nothing of the reply gets through
        }
        if (message.isReady()) {
          roundTrips.incrementAndGet();
        }
        client.getOutputStream().write(message.bytes());
      }
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "postgres-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void quietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // as good as closed
    }
  }
}
