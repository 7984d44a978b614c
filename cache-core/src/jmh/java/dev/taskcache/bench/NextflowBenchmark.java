package dev.taskcache.bench;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The hasher of Nextflow 23.10.1, on a class path of its own, beside a key of the same 20 Java
 * objects. Where the jars are not there this fails, and {@link Ratios} leaves it out.
 */
@State(Scope.Thread)
public class NextflowBenchmark {
  /** Where docs/performance.md puts the jars, seen from the module's folder. */
  static final Path JARS = Path.of("target", "nextflow");

  private final Map<String, Object> inputs = Workload.inputs(1);
  private MethodHandle hash;

  @Setup
  public void load() throws ReflectiveOperationException, IOException {
    List<URL> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(JARS)) {
      for (Path jar : files.toList()) {
        jars.add(jar.toUri().toURL());
      }
    }
    ClassLoader nextflow =
        new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    Class<?> hasher = nextflow.loadClass("com.google.common.hash.Hasher");
    Class<?> hashCode = nextflow.loadClass("com.google.common.hash.HashCode");
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    MethodHandle begin =
        lookup.findStatic(
            nextflow.loadClass("nextflow.util.CacheHelper"),
            "hasher",
            MethodType.methodType(hasher, Object.class));
    MethodHandle end = lookup.findVirtual(hasher, "hash", MethodType.methodType(hashCode));
    hash =
        MethodHandles.filterReturnValue(begin, end)
            .asType(MethodType.methodType(Object.class, Object.class));
  }

  @Benchmark
  public Object nextflow() throws Throwable {
    return (Object) hash.invokeExact((Object) inputs);
  }
}
