package dev.taskcache.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.net.PercentEscaper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server of pipelines: asks it, and says what is wrong with its answers. Thread-safe.
 *
 * @param client follows no redirects
 * @param base http or https, without a slash at the end
 * @param token what identifies the caller; null for nobody in particular
 * @param timeout how long all requests of one question may take
 * @param mostBytes how long one answer may be
 * @param missingBytes how long one of status 404 may be; {@link BoundedBody#NOTHING} to read none
 */
record SourceServer(
    HttpClient client,
    URI base,
    @Nullable Supplier<String> token,
    Duration timeout,
    long mostBytes,
    long missingBytes) {
  static final int NOT_FOUND = 404;

  private static final PercentEscaper UNRESERVED = new PercentEscaper("-._~", false);

  /** What can stand in a header. */
  private static final Pattern VISIBLE = Pattern.compile("[!-~]++");

  /** Refuses what is no address of a server, or holds credentials that messages would repeat. */
  static URI check(URI base) {
    if (!Call.isWeb(base) || base.getRawQuery() != null || base.getRawFragment() != null) {
      throw new IllegalArgumentException(
          base
              + " is no address of a server of pipelines; write it as in https://pipelines.example");
    } else if (base.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "the address of "
              + base.getHost()
              + " has a user's name in it, which messages would show; give a token instead");
    }
    return URI.create(base.toString().replaceFirst("/+$", ""));
  }

  static long checkBytes(long most) {
    if (most < 1) {
      throw new IllegalArgumentException("answers of " + most + " bytes; allow one or more");
    }
    return most;
  }

  Deadline begin() {
    return Deadline.in(timeout);
  }

  /**
   * Encodes a name as a part of a path.
   *
   * @return null if no path can have it: it is empty, a step up or down, or no Unicode
   */
  static @Nullable String encoded(String name) {
    boolean step = name.isEmpty() || name.equals(".") || name.equals("..");
    // A lone surrogate has no encoding.
    return step || !UTF_8.newEncoder().canEncode(name) ? null : escaped(name);
  }

  /** Encodes a text as a part of a query. */
  static String escaped(String text) {
    return UNRESERVED.escape(text);
  }

  /**
   * Asks.
   *
   * @param path below the base, encoded, with its query
   * @throws IOException if there is no answer; with any status there is one
   */
  Reply get(String path, Map<String, String> headers, Deadline deadline)
      throws IOException, InterruptedException {
    Call call = new Call("GET", URI.create(base + path), headers(headers));
    try {
      HttpResponse<byte[]> response =
          Exchange.begin(client, call, info -> body(info.statusCode()), deadline).await();
      return new Reply(this, name(call), response);
    } catch (BoundedBody.TooLongException e) {
      throw failure(
          name(call), "sent an answer that " + e.getMessage() + "; raise mostBytes, if it may", e);
    } catch (IOException e) {
      throw failure(name(call), Trouble.with(e, deadline), e);
    } catch (IllegalArgumentException e) {
      throw failure(name(call), "cannot be asked (" + e.getMessage() + ")", e);
    }
  }

  private Map<String, String> headers(Map<String, String> headers) throws IOException {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Accept-Encoding", "identity");
    if (token != null) {
      all.put("Authorization", "Bearer " + bearer(token));
    }
    return all;
  }

  private String bearer(Supplier<String> tokens) throws IOException {
    String given;
    try {
      given = tokens.get();
    } catch (RuntimeException e) {
      throw new IOException(base + " was not asked: there is no token for it (" + e + ")", e);
    }
    if (given == null || !VISIBLE.matcher(given).matches()) {
      throw new IOException(
          base + " was not asked: the token for it is empty, or no header can have it; correct it");
    }
    return given;
  }

  private BoundedBody<byte[]> body(int status) {
    return BoundedBody.bytes(
        status / 100 == 2 ? mostBytes : status == NOT_FOUND ? missingBytes : BoundedBody.NOTHING);
  }

  /** Without the query, which only repeats what was asked. */
  private static String name(Call call) {
    return call.toString().replaceFirst("[?].*", "");
  }

  static IOException failure(String call, String problem, @Nullable Throwable cause) {
    return new IOException(call + ": the server " + problem, cause);
  }
}
