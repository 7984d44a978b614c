package dev.taskcache.flyte;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A host without protobuf-java learns it where it builds the reader, and can do all else. */
class FlyteOptionalLibraryTest {
  @Test
  void protobufsBytesNeedProtobuf() throws Throwable {
    List<URL> jars = new ArrayList<>();
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!path.contains("protobuf")) {
        jars.add(Path.of(path).toUri().toURL());
      }
    }
    try (URLClassLoader loader =
        new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> reader = loader.loadClass(FlyteTaskReader.class.getName());
      assertThat(reader).isNotEqualTo(FlyteTaskReader.class);
      assertThatThrownBy(() -> invoke(reader.getMethod("protobuf"), null))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "reading protobuf needs a library that is not there; add"
                  + " com.google.protobuf:protobuf-java to the classpath");
      Object json = invoke(reader.getMethod("json"), null);
      Object task =
          invoke(
              reader.getMethod("task", byte[].class),
              json,
              FlyteFiles.bytes("tasks/container.json"));
      assertThat(task).hasToString("Flyte task shop.train.train");
      Class<?> key = loader.loadClass(FlyteCacheKey.class.getName());
      String request = "{\"task\": {\"name\": \"t.produce_dc\", \"cacheVersion\": \"1\"}}";
      Object made = invoke(key.getMethod("fromJson", String.class), null, request);
      assertThat(invoke(key.getMethod("localKey"), made))
          .isEqualTo("t.produce_dc-1-ea65cfadb0079394a8be1f4aa1e96e2b");
    }
  }

  private static Object invoke(Method method, Object on, Object... arguments) throws Throwable {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
