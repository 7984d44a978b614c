package dev.taskcache.policy;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.ValueDigest;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.security.CodeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Digests of Java code: of a class, and of those of the same code source that it uses. */
final class ClassBodies {
  private final ClassLoader loader;
  private final @Nullable CodeSource source;
  private final Map<String, String> digests = new TreeMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Deque<String> next = new ArrayDeque<>();

  private ClassBodies(Class<?> root) {
    loader = Objects.requireNonNullElse(root.getClassLoader(), ClassLoader.getSystemClassLoader());
    source = root.getProtectionDomain().getCodeSource();
    if (root.isHidden() || source == null) {
      throw new CodeNotIdentifiableException(
          root.getName()
              + " has no class file: it was made at run time, or is the JDK's; give a version, or a"
              + " named class");
    }
  }

  /** Digest by class. */
  static Map<String, String> of(Class<?> root) {
    ClassBodies bodies = new ClassBodies(root);
    bodies.use(Set.of(root.getName().replace('.', '/')));
    bodies.follow();
    return bodies.digests;
  }

  /** What a task's own code is: its class, or, of a lambda, its body and what it captured. */
  static Map<String, Object> of(Object task) {
    if (!task.getClass().isHidden()) {
      return Map.of("classes", of(task.getClass()));
    }
    SerializedLambda lambda = serialized(task);
    Class<?> owner = load(task.getClass().getClassLoader(), lambda.getImplClass());
    ClassBodies bodies = new ClassBodies(owner);
    ClassForm form = bodies.read(owner);
    InputValue body = form.method(lambda.getImplMethodName(), lambda.getImplMethodSignature());
    bodies.use(form.used());
    bodies.follow();
    List<Object> captured = new ArrayList<>();
    for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
      captured.add(lambda.getCapturedArg(i));
    }
    return Map.of(
        "body", ValueDigest.of(body).hex(), "captured", captured, "classes", bodies.digests);
  }

  /** What a serialisable lambda says of itself (see {@link SerializedLambda}). */
  private static SerializedLambda serialized(Object lambda) {
    try {
      Method replace = lambda.getClass().getDeclaredMethod("writeReplace");
      replace.setAccessible(true);
      return (SerializedLambda) replace.invoke(lambda);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new CodeNotIdentifiableException(
          lambda.getClass().getName()
              + " is a lambda that is not serializable, so nothing says which method it is; cast it"
              + " to an intersection with java.io.Serializable, use a named class, or give a"
              + " version");
    }
  }

  private void follow() {
    while (!next.isEmpty()) {
      Class<?> type = load(loader, next.remove());
      if (isOurs(type)) {
        ClassForm form = read(type);
        digests.put(type.getName(), ValueDigest.of(form.whole()).hex());
        use(form.used());
      }
    }
  }

  private void use(Set<String> internalNames) {
    for (String name : internalNames) {
      if (seen.add(name)) {
        next.add(name);
      }
    }
  }

  private boolean isOurs(Class<?> type) {
    CodeSource other = type.getProtectionDomain().getCodeSource();
    return other != null
        && source != null
        && Objects.equals(other.getLocation(), source.getLocation());
  }

  /** Finds a class and does not initialise it. */
  private static Class<?> load(ClassLoader loader, String internalName) {
    try {
      return Class.forName(internalName.replace('/', '.'), false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new CodeNotIdentifiableException(
          "the class " + internalName.replace('/', '.') + " is used and cannot be found: " + e);
    }
  }

  private ClassForm read(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".class";
    try (InputStream in = loader.getResourceAsStream(file)) {
      if (in == null) {
        throw new CodeNotIdentifiableException("there is no class file " + file);
      }
      return new ClassForm(in.readAllBytes());
    } catch (IOException e) {
      throw new CodeNotIdentifiableException("the class file " + file + " cannot be read: " + e);
    }
  }
}
