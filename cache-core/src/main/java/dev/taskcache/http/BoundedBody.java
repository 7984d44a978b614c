package dev.taskcache.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes in a body up to a limit, beyond which the rest is not read. Used for one response. */
final class BoundedBody<T> implements BodySubscriber<T> {
  /** A limit for who wants no body at all, but is content that there is one. */
  static final long NOTHING = -1;

  private final long most;
  private final Consumer<ByteBuffer> piece;
  private final Supplier<T> whole;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private long bytes;
  private Flow.@Nullable Subscription subscription;

  /** The body has more bytes than were wanted. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLongException(long most) {
      super("has more than " + most + " bytes");
    }
  }

  /**
   * A subscriber.
   *
   * @param most how many bytes are taken in
   * @param piece is given each piece, in order
   * @param whole what the pieces made
   */
  BoundedBody(long most, Consumer<ByteBuffer> piece, Supplier<T> whole) {
    this.most = most;
    this.piece = piece;
    this.whole = whole;
  }

  /** A subscriber that keeps all bytes. */
  static BoundedBody<byte[]> bytes(long most) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    return new BoundedBody<>(most, piece -> append(bytes, piece), bytes::toByteArray);
  }

  private static void append(ByteArrayOutputStream bytes, ByteBuffer piece) {
    byte[] copy = new byte[piece.remaining()];
    piece.get(copy);
    bytes.writeBytes(copy);
  }

  @Override
  public CompletionStage<T> getBody() {
    return result;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (most == NOTHING) {
      given.cancel();
      onComplete();
    } else {
      given.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {
    if (result.isDone()) {
      return;
    }
    for (ByteBuffer each : pieces) {
      bytes += each.remaining();
      if (bytes > most) {
        result.completeExceptionally(new TooLongException(most));
        if (subscription != null) {
          subscription.cancel();
        }
        return;
      }
      piece.accept(each);
    }
  }

  @Override
  public void onError(Throwable failure) {
    result.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    if (!result.isDone()) {
      result.complete(whole.get());
    }
  }
}
