package dev.taskcache.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a registry is shown before it lets somebody pull.
 *
 * @param user the user's name, not empty, without a colon
 * @param password the password or access token; never in {@link #toString}
 */
public record RegistryLogin(String user, String password) {
  /** Refuses a name that Basic authentication (RFC 7617) cannot carry. */
  public RegistryLogin {
    if (user.isEmpty() || user.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "\"" + user + "\" is no user's name; give one that is not empty and has no colon");
    }
  }

  String basic() {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  @Override
  public String toString() {
    return "the login of " + user;
  }
}
