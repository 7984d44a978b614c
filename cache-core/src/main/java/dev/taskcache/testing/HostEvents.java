package dev.taskcache.testing;

import dev.taskcache.event.CacheListener;
import dev.taskcache.event.DecisionEvent;
import dev.taskcache.event.RunEvent;
import dev.taskcache.explain.Explanation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a cache tells its listeners, whatever it is: decisions with what explained them then,
 * and each event in words. Not thread-safe.
 */
final class HostEvents {
  private final List<Decided> decisions = new ArrayList<>();
  private final List<String> words = new ArrayList<>();

  /** A decision with its explanation, as it was when the decision was made. */
  record Decided(DecisionEvent event, Explanation explanation) {}

  /** A listener of every method that listeners have. */
  CacheListener listener() {
    return (CacheListener)
        Proxy.newProxyInstance(
            CacheListener.class.getClassLoader(),
            new Class<?>[] {CacheListener.class},
            (proxy, method, arguments) -> told(method, arguments));
  }

  private @Nullable Object told(Method method, Object @Nullable [] arguments) {
    Object event = arguments == null ? null : arguments[0];
    if (event instanceof DecisionEvent decision) {
      decisions.add(new Decided(decision, decision.explanation()));
      words.add(decision.reason().toString());
    } else if (!(event instanceof RunEvent run)) {
      words.add(Told.words(method.getName().substring("on".length())));
    } else if (Told.attempted(run.write()) != null) {
      words.add(Told.of(run.write()));
    }
    return null;
  }

  List<Decided> decisions() {
    return decisions;
  }

  List<String> words() {
    return words;
  }
}
