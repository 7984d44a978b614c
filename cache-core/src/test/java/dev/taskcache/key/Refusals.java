package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The check that something is refused, at its place and for its reason. */
final class Refusals {
  private Refusals() {}

  static void assertRefused(String path, String problem, ThrowingCallable step) {
    Throwable thrown = catchThrowable(step);
    assertThat(thrown).isInstanceOf(InvalidRequestException.class).hasMessageContaining(problem);
    assertThat(((InvalidRequestException) thrown).path()).as(thrown.getMessage()).isEqualTo(path);
  }
}
