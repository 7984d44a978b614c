package dev.taskcache.examples;

import dev.taskcache.http.HttpPipelineSource;
import dev.taskcache.http.KfpPipelineSource;
import dev.taskcache.version.DirectorySource;
import dev.taskcache.version.PipelineSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where versions of pipelines are published, as {@code --source} names it. */
final class PublishedSource {
  private static final String KUBEFLOW = "kfp+";
  private static final String NAMESPACE = "namespace=";
  private static final String EXAMPLES =
      "write a directory, http(s)://HOST/PATH, or kfp+http(s)://HOST/PATH?namespace=NAME";

  /** Two letters at least: one is a drive of Windows. */
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private PublishedSource() {}

  /**
   * The source of that name; nothing is asked or read yet.
   *
   * @param text a directory, or the address of a server
   * @param token what is sent to a server with each request; null if nothing is
   * @throws BadInputException if it is neither
   */
  static PipelineSource parse(String text, @Nullable String token) {
    String lower = text.toLowerCase(Locale.ROOT);
    try {
      if (lower.startsWith("http://") || lower.startsWith("https://")) {
        HttpPipelineSource.Builder source =
            HttpPipelineSource.builder(HttpClient.newHttpClient(), URI.create(text));
        return (token == null ? source : source.token(() -> token)).build();
      } else if (lower.startsWith("kfp+http://") || lower.startsWith("kfp+https://")) {
        return kubeflow(URI.create(text.substring(KUBEFLOW.length())), token);
      } else if (ADDRESS.matcher(text).matches() || text.isBlank()) {
        throw refused("\"" + text + "\" is no source of pipelines; " + EXAMPLES);
      }
      return DirectorySource.of(Path.of(text));
    } catch (InvalidPathException e) {
      throw refused("is no path: " + e.getReason());
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private static PipelineSource kubeflow(URI address, @Nullable String token) {
    String query = address.getRawQuery();
    String text = address.toString();
    URI base = query == null ? address : URI.create(text.substring(0, text.indexOf('?')));
    KfpPipelineSource.Builder source = KfpPipelineSource.builder(HttpClient.newHttpClient(), base);
    if (query != null && !query.startsWith(NAMESPACE)) {
      throw refused("only namespace=NAME may follow the question mark; " + EXAMPLES);
    } else if (query != null) {
      source.namespace(query.substring(NAMESPACE.length()));
    }
    return (token == null ? source : source.token(() -> token)).build();
  }

  private static BadInputException refused(String problem) {
    return BadInputException.ofOption("--source", StoreAddress.withoutPassword(problem));
  }
}
