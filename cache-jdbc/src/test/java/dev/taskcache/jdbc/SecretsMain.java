package dev.taskcache.jdbc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.taskcache.CacheDecision;
import dev.taskcache.LeaseToken;
import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.event.CacheListener;
import dev.taskcache.event.DecisionEvent;
import dev.taskcache.event.RunEvent;
import dev.taskcache.explain.Subject;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.store.Outputs;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A program that uses a password, whose value is in its environment, and prints everything that the
 * library says meanwhile. Told {@code plain} it gives the password as a text, which it should not.
 */
final class SecretsMain {
  static final String VARIABLE = "TASKCACHE_TEST_PASSWORD";

  private static final CacheListener PRINTING =
      new CacheListener() {
        @Override
        public void onDecision(DecisionEvent event) {
          print("EVENT", event.subject() + " " + event.reason() + " " + event.explanation());
        }

        @Override
        public void onLeaseLost(Subject subject) {
          print("EVENT", subject);
        }

        @Override
        public void onRun(RunEvent event) {
          print("EVENT", event.subject() + " " + event.write());
        }
      };

  private SecretsMain() {}

  public static void main(String[] args) throws Exception {
    String value = System.getenv(VARIABLE);
    boolean plain = args[1].equals("plain");
    Object first = plain ? value : new InputValue.Secret("db-password", "7");
    Object second = plain ? value + " again" : new InputValue.Secret("db-password", "8");
    try (JdbcStore store = JdbcStore.builder(args[0]).build();
        TaskCache cache = TaskCache.builder(store).keepInputValues().listener(PRINTING).build()) {
      runs(cache, request("load", first, "1"), value);
      runs(cache, request("load", second, "2"), value);
      fails(cache, request("drop", first, "1"), value);
      decides(cache, request("copy", first, "1"), value);
      decides(cache, request("copy", second, "2"), value);
      print(
          "DIFF",
          cache.explanations().diff(request("load", first, "1"), request("load", second, "1")));
    }
    refused(value);
  }

  private static void print(String what, Object said) {
    System.out.println(what + " " + said);
  }

  private static TaskRequest request(String component, Object password, String run) {
    return TaskRequest.builder(
            ComponentSpec.builder().name(component).platform(Map.of("secret", secret())).build())
        .version("1")
        .identity(new TaskIdentity("nightly", run, component))
        .input("password", password)
        .input("login", Map.of("user", "etl", "password", password))
        .outputs(OutputSchema.parse("{\"rows\":\"int\"}"))
        .build();
  }

  private static InputValue secret() {
    return new InputValue.Secret("db-password", "7");
  }

  /** The task's own work with the value. */
  private static Outputs work(String value) {
    return Outputs.of(Map.of("rows", value.length()));
  }

  private static void runs(TaskCache cache, TaskRequest request, String value) throws Exception {
    for (int i = 0; i < 2; i++) {
      Outcome<Outputs> outcome = cache.getOrRun(request, () -> work(value));
      print("OUTCOME", outcome);
      explains(cache, request);
    }
    print("KEY", request.key(ImageDigestResolver.NONE).parts(true));
    for (Map.Entry<String, byte[]> each :
        request.key(ImageDigestResolver.NONE).documents().entrySet()) {
      print("DOCUMENT", each.getKey() + " " + new String(each.getValue(), ISO_8859_1));
    }
  }

  private static void explains(TaskCache cache, TaskRequest request) {
    print("EXPLANATION", cache.explanations().explain(request));
    print("JSON", cache.explanations().explain(request).toJson());
  }

  private static void fails(TaskCache cache, TaskRequest request, String value) throws Exception {
    try {
      cache.getOrRun(
          request,
          () -> {
            throw new IllegalStateException("cannot log in with " + value);
          });
    } catch (IllegalStateException e) {
      print("FAILED", e.getMessage().contains(value) ? "as the task did" : "otherwise");
    }
  }

  private static void decides(TaskCache cache, TaskRequest request, String value) {
    CacheDecision.Miss miss = (CacheDecision.Miss) cache.decide(request);
    print("DECISION", miss);
    print("JSON", miss.explanation().toJson());
    LeaseToken token = miss.token().orElseThrow();
    print("TOKEN", token + " " + token.encode());
    String content = token.encode().substring("tl1.".length());
    print("TOKEN", new String(Base64.getUrlDecoder().decode(content), ISO_8859_1));
    print("PUBLISHED", cache.publish(token, work(value)));
    print("PLAN", cache.plan(List.of(request)));
  }

  /** Requests in which somebody wrote the value beside the name, or in its place. */
  private static void refused(String value) {
    String form = "{\"component\":{\"name\":\"load\"},\"version\":\"1\",\"inputs\":{\"p\":%s}}";
    for (String secret :
        new String[] {
          "{\"$secret\":{\"name\":\"db\",\"version\":\"7\",\"value\":\"" + value + "\"}}",
          "{\"$secret\":\"" + value + "\"}",
          "{\"$secret\":{\"name\":\"db\",\"version\":[\"" + value + "\"]}}"
        }) {
      try {
        TaskRequest.fromJson(form.formatted(secret));
        print("REFUSED", "not");
      } catch (InvalidRequestException e) {
        print("REFUSED", e);
      }
    }
  }
}
