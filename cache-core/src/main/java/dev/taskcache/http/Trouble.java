package dev.taskcache.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Says what is wrong with a server that gave no answer, and what to do. */
final class Trouble {
  private Trouble() {}

  /** Part of a sentence whose subject is the server. */
  static String with(IOException e, Deadline deadline) {
    if (e instanceof HttpTimeoutException) {
      return "did not answer within " + deadline.length() + "; give it more time, or find out why";
    } else if (e instanceof SSLException) {
      return "cannot be trusted, or speaks no TLS ("
          + e.getMessage()
          + "); give the HttpClient an SSLContext that trusts its certificate, or an http address"
          + " if it has none";
    } else if (has(e, UnresolvedAddressException.class)) {
      return "is not known by that name; correct the name";
    } else if (e instanceof ConnectException) {
      return "cannot be reached (" + e + "); start it, or correct the address";
    } else if (e instanceof BoundedBody.TooLongException) {
      return "sent an answer that " + e.getMessage() + "; it is not what was asked for";
    }
    return "gave no answer that can be used (" + e + ")";
  }

  private static boolean has(Throwable e, Class<? extends Throwable> type) {
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return true;
      }
    }
    return false;
  }
}
