package dev.taskcache.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way in which a server wants its callers to say who they are (RFC 9110, section 11.6.1).
 *
 * @param scheme in lower case, for instance {@code bearer}
 * @param parameters value by name, names in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {
  /** The pattern needs as much stack as a header is long. */
  private static final int MOST_CHARACTERS = 8_192;

  private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
  private static final Pattern NEXT =
      Pattern.compile(
          "[\\s,]*(?:(?<name>TOKEN)\\s*=\\s*(?:\"(?<quoted>(?:[^\"\\\\]|\\\\.)*+)\"|(?<plain>TOKEN))"
                  .replace("TOKEN", TOKEN)
              + "|(?<scheme>"
              + TOKEN
              + ")(?=\\s|,|$)(?:\\s+[A-Za-z0-9+/._~-]+=*(?=\\s*(?:,|$)))?)");

  /** Reads the values of all {@code WWW-Authenticate} headers, each up to what it cannot read. */
  static List<Challenge> parse(List<String> headers) {
    List<Challenge> challenges = new ArrayList<>();
    for (String header : headers) {
      Matcher next = NEXT.matcher(header.length() > MOST_CHARACTERS ? "" : header);
      Map<String, String> parameters = new TreeMap<>();
      while (next.lookingAt()) {
        if (next.group("scheme") != null) {
          parameters = new TreeMap<>();
          challenges.add(new Challenge(next.group("scheme").toLowerCase(Locale.ROOT), parameters));
        } else {
          String quoted = next.group("quoted");
          String value = quoted == null ? next.group("plain") : quoted.replaceAll("\\\\(.)", "$1");
          parameters.put(next.group("name").toLowerCase(Locale.ROOT), value);
        }
        next.region(next.end(), header.length());
      }
    }
    return challenges;
  }
}
