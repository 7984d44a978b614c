package dev.taskcache.kfp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A host without an optional library learns at once which one it needs. */
class OptionalLibraryTest {
  private static final ClassLoader JDK_ONLY = ClassLoader.getPlatformClassLoader();

  /** Reads a pipeline where the jars of that name are not on the class path. */
  private static Object parse(String without, String file) throws Throwable {
    return parseText(without, file, Pretend.text(file));
  }

  private static Object parseText(String without, String file, String text) throws Throwable {
    URL[] jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(each -> !each.contains(without))
            .map(OptionalLibraryTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(jars, JDK_ONLY)) {
      Class<?> pipeline = loader.loadClass(KfpPipeline.class.getName());
      assertThat(pipeline).isNotEqualTo(KfpPipeline.class);
      Object read =
          pipeline.getMethod("parse", String.class, String.class).invoke(null, file, text);
      return pipeline.getMethod("name").invoke(read);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static URL url(String path) {
    try {
      return Path.of(path).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void yamlNeedsSnakeYaml() throws Throwable {
    assertThatThrownBy(() -> parse("snakeyaml", "train.yaml"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "reading YAML needs a library that is not there; add org.yaml:snakeyaml to the"
                + " classpath");
    assertThat(parse("snakeyaml", "train.json")).isEqualTo("train-pipeline");
  }

  @Test
  void aPlanNeedsNoSnakeYaml() throws Throwable {
    byte[] plan =
        new KfpPlanCompiler().compile(Pretend.text("train.yaml").getBytes(UTF_8), Map.of());
    assertThat(parseText("snakeyaml", "plan.json", new String(plan, UTF_8)))
        .isEqualTo("train-pipeline");
  }

  @Test
  void conditionsNeedCel() throws Throwable {
    String cel = File.separator + "cel" + File.separator;
    assertThatThrownBy(() -> parse(cel, "conditions.yaml"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "conditions.yaml:105: root.dag.tasks.on-one.triggerPolicy.condition")
        .hasMessageEndingWith("add dev.cel:cel to the classpath");
    assertThat(parse(cel, "train.yaml")).isEqualTo("train-pipeline");
  }
}
