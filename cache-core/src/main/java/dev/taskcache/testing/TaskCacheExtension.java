package dev.taskcache.testing;

import dev.taskcache.TaskCache;
import dev.taskcache.TaskCacheBuilder;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test of JUnit 5 a {@link TestCache} of its own, which ends with the test: as parameter
 * of a test method, or, of an extension in a field that is not static, by {@link #get}.
 *
 * <p>In memory with {@code @ExtendWith(TaskCacheExtension.class)} or {@link #inMemory}, in a store
 * of the user's with {@link #on}. Tests may run at the same time on one database: none sees the
 * others' entries. Parameters may be a {@link TestCache}, its {@link TaskCache}, {@link
 * FaultyStore}, {@link SettableClock} or {@link RecordingListener}.
 */
public final class TaskCacheExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
  private static final Namespace STORE = Namespace.create(TaskCacheExtension.class);
  private static final Map<Class<?>, Function<TestCache, ?>> PARAMETERS =
      Map.of(
          TestCache.class, test -> test,
          TaskCache.class, TestCache::cache,
          FaultyStore.class, TestCache::store,
          SettableClock.class, TestCache::clock,
          RecordingListener.class, TestCache::events);

  private final Function<UnaryOperator<TaskCacheBuilder>, TestCache> opening;
  private final UnaryOperator<TaskCacheBuilder> settings;
  private boolean shared;
  private @Nullable TestCache current;

  /** Caches in memory, for {@code @ExtendWith}. */
  public TaskCacheExtension() {
    this(TestCache::inMemory, UnaryOperator.identity());
  }

  private TaskCacheExtension(
      Function<UnaryOperator<TaskCacheBuilder>, TestCache> opening,
      UnaryOperator<TaskCacheBuilder> settings) {
    this.opening = opening;
    this.settings = settings;
  }

  /**
   * Caches in memory.
   *
   * @return the extension
   */
  public static TaskCacheExtension inMemory() {
    return new TaskCacheExtension();
  }

  /**
   * Caches in a store of the user's.
   *
   * @param store the store; the caller closes it, after the last test
   * @return the extension
   */
  public static TaskCacheExtension on(SharedStore store) {
    return new TaskCacheExtension(
        settings -> TestCache.on(store, settings), UnaryOperator.identity());
  }

  /**
   * The same with other caches.
   *
   * @param more what the builder of each cache is told
   * @return a new extension
   */
  public TaskCacheExtension with(UnaryOperator<TaskCacheBuilder> more) {
    return new TaskCacheExtension(opening, builder -> more.apply(settings.apply(builder)));
  }

  /**
   * The cache of the test that is running.
   *
   * @return the same until the test ends
   * @throws IllegalStateException if no test is running, or several may be, because the extension
   *     is in a static field
   */
  public TestCache get() {
    if (shared) {
      throw new IllegalStateException(
          "this extension serves several tests at a time; let the method have a parameter of type"
              + " TestCache, or the field not be static");
    } else if (current == null) {
      throw new IllegalStateException("no test is running; ask in a test, or in @BeforeEach");
    }
    return current;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    shared = true;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    TestCache test = opening.apply(settings);
    context.getStore(STORE).put(this, test);
    if (!shared) {
      current = test;
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    TestCache test = context.getStore(STORE).remove(this, TestCache.class);
    current = null;
    if (test != null) {
      test.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getDeclaringExecutable() instanceof Method
        && context.getTestMethod().isPresent()
        && PARAMETERS.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    TestCache test = context.getStore(STORE).get(this, TestCache.class);
    return Objects.requireNonNull(PARAMETERS.get(parameter.getParameter().getType()))
        .apply(Objects.requireNonNull(test));
  }
}
