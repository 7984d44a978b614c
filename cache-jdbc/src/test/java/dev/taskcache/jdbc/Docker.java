package dev.taskcache.jdbc;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.EnvironmentAndSystemPropertyClientProviderStrategy;

/** Whether Docker answers: asked once in a JVM, and not for long. */
final class Docker {
  private static final long PATIENCE_SECONDS = 6;

  private static final Supplier<Boolean> ANSWER = Suppliers.memoize(Docker::ask);

  private Docker() {}

  static boolean answers() {
    return ANSWER.get();
  }

  private static boolean ask() {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    Thread asking = new Thread(() -> answer.complete(probe()), "docker?");
    asking.setDaemon(true);
    asking.start();
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Who names a host means that one, and not whichever else there may be. */
  @SuppressWarnings("deprecation") // meant for ServiceLoader, which would find the others too
  private static boolean probe() {
    try {
      if (System.getenv("DOCKER_HOST") != null) {
        DockerClientProviderStrategy.getFirstValidStrategy(
            List.of(new EnvironmentAndSystemPropertyClientProviderStrategy()));
        return true;
      }
      return DockerClientFactory.instance().isDockerAvailable();
    } catch (RuntimeException | LinkageError e) {
      return false;
    }
  }
}
