package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which databases the tests run on: what there is decides, and none is skipped. */
class ServerSourceTest {
  @Test
  void aUrlIsTakenAndDockerNotAsked() {
    AtomicInteger asked = new AtomicInteger();
    assertThat(
            ServerSource.choose(
                "jdbc:postgresql://db/test",
                () -> {
                  asked.incrementAndGet();
                  return true;
                }))
        .isEqualTo(ServerSource.URL);
    assertThat(asked).hasValue(0);
  }

  @Test
  void elseDockerWhereItAnswers() {
    assertThat(ServerSource.choose(null, () -> true)).isEqualTo(ServerSource.DOCKER);
    assertThat(ServerSource.choose("", () -> true)).isEqualTo(ServerSource.DOCKER);
  }

  @Test
  void elseTheProgramsFromMaven() {
    assertThat(ServerSource.choose(null, () -> false)).isEqualTo(ServerSource.BINARIES);
  }

  @Test
  void aDockerThatTakesTheCallAndNeverAnswersIsNone() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertThat(sourceWithDockerAt("tcp://127.0.0.1:" + silent.getLocalPort()))
          .isEqualTo("BINARIES");
    }
  }

  @Test
  void aDockerThatIsNotThereIsNone() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    assertThat(sourceWithDockerAt("tcp://127.0.0.1:" + port)).isEqualTo("BINARIES");
  }

  /** In a JVM of its own, as it is asked once in each. */
  private static String sourceWithDockerAt(String host) throws Exception {
    try (ChildJvm child =
        new ChildJvm(
            environment -> {
              environment.put("DOCKER_HOST", host);
              environment.remove(ServerSource.VARIABLE);
            },
            ServerSourceMain.class)) {
      return child.line();
    }
  }

  /** Says where its PostgreSQL would come from. */
  static final class ServerSourceMain {
    public static void main(String[] args) {
      System.out.println(ServerSource.ofThisJvm());
      System.exit(0); // whatever still waits for Docker
    }
  }
}
