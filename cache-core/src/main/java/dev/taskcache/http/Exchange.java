package dev.taskcache.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A call that is under way, on the caller's client and its threads. Redirects are followed here,
 * not by the client, which would pass credentials on to wherever a server sends it. Thread-safe.
 */
final class Exchange<T> {
  private static final int MOST_REDIRECTS = 5;

  private final HttpClient client;
  private final BodyHandler<T> handler;
  private final Deadline deadline;
  private final CompletableFuture<HttpResponse<T>> done = new CompletableFuture<>();
  private volatile @Nullable CompletableFuture<?> running;

  private Exchange(HttpClient client, BodyHandler<T> handler, Deadline deadline) {
    this.client = client;
    this.handler = handler;
    this.deadline = deadline;
  }

  /** Refuses a client that follows redirects itself. */
  static HttpClient check(HttpClient client) {
    if (client.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException(
          "this client follows redirects "
              + client.followRedirects()
              + " and could pass credentials on; give one with Redirect.NEVER, they are followed"
              + " here");
    }
    return client;
  }

  /** Begins a call; whoever began it awaits or cancels it. */
  static <T> Exchange<T> begin(
      HttpClient client, Call call, BodyHandler<T> handler, Deadline deadline) {
    Exchange<T> exchange = new Exchange<>(client, handler, deadline);
    exchange.send(call, MOST_REDIRECTS);
    return exchange;
  }

  private void send(Call call, int redirects) {
    try {
      CompletableFuture<HttpResponse<T>> sent =
          client.sendAsync(call.request(deadline), response -> handlerOf(response).apply(response));
      running = sent;
      if (done.isDone()) { // Cancelled meanwhile.
        sent.cancel(true);
      }
      sent.whenComplete((response, failure) -> arrived(call, response, failure, redirects));
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  /** What a redirect says beside where it leads is not read. */
  @SuppressWarnings("NullAway") // Nobody asks a redirect for its body.
  private BodyHandler<T> handlerOf(HttpResponse.ResponseInfo response) {
    return isRedirect(response.statusCode())
        ? info -> HttpResponse.BodySubscribers.replacing(null)
        : handler;
  }

  private void arrived(
      Call call, @Nullable HttpResponse<T> response, @Nullable Throwable failure, int redirects) {
    try {
      if (response == null) {
        done.completeExceptionally(
            failure == null ? new IOException("there was no answer") : failure);
      } else if (isRedirect(response.statusCode())) {
        send(call.redirected(target(call, response, redirects)), redirects - 1);
      } else {
        done.complete(response);
      }
    } catch (IOException | RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  private static URI target(Call call, HttpResponse<?> response, int redirects) throws IOException {
    if (redirects == 0) {
      throw new IOException("it redirects more than " + MOST_REDIRECTS + " times");
    }
    String location = response.headers().firstValue("location").orElse("");
    URI to;
    try {
      to = call.uri().resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException("it redirects to \"" + location + "\", which is no address", e);
    }
    if (location.isEmpty() || !Call.isWeb(to)) {
      throw new IOException("it redirects to \"" + location + "\", which is no address");
    } else if (Call.isSecure(call.uri()) && !Call.isSecure(to)) {
      throw new IOException("it redirects from https to " + to + ", where anybody could answer");
    }
    return to;
  }

  /**
   * The answer, whatever its status.
   *
   * @throws HttpTimeoutException if it is not there at the deadline
   * @throws IOException if there is none, or it is refused
   * @throws RuntimeException if the request cannot be made, as for a header that is none
   */
  HttpResponse<T> await() throws IOException, InterruptedException {
    try {
      return done.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no answer within " + deadline.length());
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      while (cause instanceof CompletionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      if (cause instanceof IOException io) {
        throw io;
      } else if (cause instanceof RuntimeException runtime) {
        throw runtime;
      }
      throw new IOException(cause);
    } finally {
      cancel();
    }
  }

  /** Ends it, if it has not ended. */
  void cancel() {
    done.cancel(false);
    CompletableFuture<?> sent = running;
    if (sent != null) {
      sent.cancel(true);
    }
  }
}
