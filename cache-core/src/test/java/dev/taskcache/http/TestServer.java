package dev.taskcache.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A web server on a loopback port that does what a test wants, and remembers what it was asked. */
final class TestServer implements AutoCloseable {
  private final String scheme;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile HttpHandler handler;

  TestServer() throws IOException {
    this("http", HttpServer.create(anyPort(), 0));
  }

  private TestServer(String scheme, HttpServer server) {
    this.scheme = scheme;
    this.server = server;
    server.setExecutor(threads);
    handler = exchange -> answer(exchange, 404, Map.of(), new byte[0]);
    server.createContext("/", this::handle);
    server.start();
  }

  /** One that speaks TLS. */
  static TestServer secure(SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new TestServer("https", server);
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    try (exchange) {
      handler.handle(exchange);
    }
  }

  /** Sets what it does from now on. */
  void does(HttpHandler next) {
    handler = next;
  }

  /** For a handler that never answers: waits until the server is closed. */
  void hang() throws IOException {
    hang(Duration.ofDays(1));
  }

  /** For a handler that is slow: waits so long, unless the server is closed. */
  void hang(Duration most) throws IOException {
    try {
      closed.await(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** For instance {@code HEAD /v2/train/manifests/1}. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** The header of each request; the text null where there was none. */
  List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  URI address() {
    return URI.create(scheme + "://" + authority());
  }

  /** Answers; a HEAD gets the headers alone, with the length that a GET would have. */
  static void answer(HttpExchange exchange, int status, Map<String, String> headers, byte[] body)
      throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
