package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintCommandTest {
  private static final Path FILES = Path.of("../cache-core/src/test/resources/kfp-fingerprints");

  @TempDir private Path dir;

  private Path file(String json) throws IOException {
    return Files.writeString(dir.resolve("fingerprint.json"), json);
  }

  @Test
  void everyFileInEveryRelease() throws Exception {
    JsonNode expected = new JsonMapper().readTree(FILES.resolve("expected.json").toFile());
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    assertThat(expected).hasSizeGreaterThanOrEqualTo(20);
    for (Iterator<String> names = expected.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      Path file = FILES.resolve(name);
      Cli usual = Cli.run("fingerprint", "kfp", file);
      assertThat(usual.err()).as(name).isEmpty();
      assertThat(Cli.object(usual.out()))
          .containsOnlyKeys("bytes", "fingerprint")
          .containsEntry("bytes", expected.get(name).get("bytes").textValue());
      JsonNode releases = expected.get(name).get("fingerprints");
      for (Iterator<String> each = releases.fieldNames(); each.hasNext(); ) {
        String release = each.next();
        Cli answer = Cli.run("fingerprint", "kfp", file, "--release", release);
        assertThat(answer.code()).as("%s in %s", name, release).isZero();
        Map<String, Object> line = Cli.object(answer.out());
        assertThat(line.get("fingerprint"))
            .as("%s in %s", name, release)
            .isEqualTo(releases.get(release).textValue());
        byte[] bytes = line.get("bytes").toString().getBytes(StandardCharsets.UTF_8);
        assertThat(line.get("fingerprint"))
            .isEqualTo(HexFormat.of().formatHex(sha256.digest(bytes)));
      }
    }
  }

  @Test
  void aReleaseThatIgnoresCustomKeysIsNamed() throws Exception {
    Path file = file("{\"componentRef\": \"comp-a\", \"customKey\": \"b\"}");
    Cli ignored = Cli.run("fingerprint", "kfp", file, "--release", "2.15.1");
    assertThat(ignored.code()).isZero();
    assertThat(ignored.err()).startsWith("taskcache: note: Kubeflow Pipelines 2.15 does not obey");
    Cli obeyed = Cli.run("fingerprint", "kfp", file, "--release", "after");
    assertThat(obeyed.err()).isEmpty();
    assertThat(obeyed.out()).isEqualTo(ignored.out());
  }

  @Test
  void badInputIsOneLineThatSaysWhere() throws Exception {
    Path unknown = file("{\"cacheKey\": {\"containerSpec\": {\"cmdArg\": []}}}");
    Path latin = Files.write(dir.resolve("latin"), new byte[] {'"', (byte) 0xe4, '"'});
    Map<List<Object>, List<String>> cases =
        Map.of(
            List.of("kfp", unknown),
                List.of(
                    "taskcache: " + unknown + ": cacheKey.containerSpec.cmdArg: there is no such"),
            List.of("kfp", dir.resolve("none")), List.of("none: there is no such file"),
            List.of("kfp", latin), List.of("latin: the file is not UTF-8"),
            List.of("kfp", unknown, "--release", "2.18"), List.of("2.18", "after"),
            List.of("kfp"), List.of("FILE.json"),
            List.of("kpf", unknown), List.of("kpf"));
    cases.forEach(
        (args, words) -> {
          Object[] all = new Object[args.size() + 1];
          all[0] = "fingerprint";
          System.arraycopy(args.toArray(), 0, all, 1, args.size());
          Cli answer = Cli.run(all);
          assertThat(answer.code()).as("%s", args).isEqualTo(2);
          assertThat(answer.out()).isEmpty();
          assertThat(answer.err().lines()).hasSize(1);
          assertThat(answer.err()).contains(words);
        });
  }

  @Test
  void withoutASystemItSaysWhichThereAre() {
    Cli answer = Cli.run("fingerprint");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("kfp");
  }
}
