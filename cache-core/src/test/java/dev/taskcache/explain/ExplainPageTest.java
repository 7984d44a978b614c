package dev.taskcache.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code docs/explain.md} lists every reason; {@link #main} writes it anew. */
class ExplainPageTest {
  private static final Path PAGE = Path.of("../docs/explain.md");
  private static final String HEAD =
      """
      # Reasons

      Every decision has one of these reasons, and says more in its message. This page is generated from
      `dev.taskcache.explain.Reason`; a test fails when it is not up to date.

      A miss whose reason is `NO_ENTRY` has an explanation, found when somebody reads it: the nearest earlier
      result of the same component in the namespace, not of the same run (most parts in common, then most
      places, then the newest, among the newest 64), and what differs from it. The explanation's own reason is
      the first part that differs, in the order component, image, version, inputs, outputs, policies, custom
      key. It reads like

          MISS train: input "learning_rate" changed since run 7 (2 h ago): 0.01 -> 0.02; everything else is the same.

      What the request has and its key has not, because of a custom key, the policy `INPUTS` or ignored inputs, is
      listed at the end, in explanations of hits, too (`explanations().explain(request)`):

          not in the key: component.command, inputs.epochs (a custom key stands for component and inputs)

      Values are shown where the cache was built with `keepInputValues()`; otherwise short digests are.
      """;

  public static void main(String[] args) throws IOException {
    Files.writeString(PAGE, page());
  }

  private static String page() {
    StringBuilder page = new StringBuilder(HEAD);
    for (Reason.Kind kind : Reason.Kind.values()) {
      page.append("\n## ").append(kind.name().replace('_', ' ').toLowerCase(Locale.ROOT));
      page.append("\n\n| reason | what it means | what to do |\n|---|---|---|\n");
      for (Reason reason : Reason.values()) {
        if (reason.kind() == kind) {
          page.append("| `").append(reason).append("` | ").append(reason.meaning());
          page.append(" | ").append(reason.remedy()).append(" |\n");
        }
      }
    }
    return page.toString();
  }

  @Test
  void thePageListsEveryReason() throws IOException {
    assertThat(Files.readString(PAGE)).isEqualTo(page());
  }
}
