package org.aerpaw.portal.backup.load.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.aerpaw.portal.backup.fixture.FixtureObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parsing of objects in another thread. */
class ReadAheadTest {

  private static final Executor NEW_THREAD = task -> new Thread(task).start();
  private static final Executor NEVER = task -> {};

  /** The keys of objects and reasons of errors in the order received. */
  private final List<String> received = new ArrayList<>();

  static List<Executor> executors() {
    return List.of(NEW_THREAD, NEVER, Runnable::run);
  }

  @ParameterizedTest
  @MethodSource("executors")
  void objectsShouldArriveInOrderWithAnyExecutor(Executor executor) throws IOException {
    readAll(input(fixture(10_000, "")), executor);

    assertThat(received).containsExactlyElementsOf(keys(0, 10_000));
  }

  @ParameterizedTest
  @MethodSource("executors")
  void errorsShouldArriveInOrderWithTheObjects(Executor executor) throws IOException {
    String text =
        "[" + objects(0, 3000, "") + ", 1, true, " + objects(3000, 5000, "") + ", {}, nothing";

    readAll(input(text), executor);

    List<String> expected = new ArrayList<>(keys(0, 3000));
    expected.add("an item of a fixture must be an object");
    expected.add("an item of a fixture must be an object");
    expected.addAll(keys(3000, 5000));
    assertThat(received.subList(0, expected.size())).isEqualTo(expected);
    assertThat(received.get(expected.size())).isEqualTo("the object has no model");
    assertThat(received).hasSize(expected.size() + 2);
  }

  @Test
  void numberOfCollectedErrorsShouldBeLimited() throws IOException {
    readAll(input("[" + "1, ".repeat(100_000) + objects(0, 1, "") + "]"), NEW_THREAD);

    assertThat(received).hasSize(ErrorCollector.MAX_ERRORS + 1).endsWith("0");
  }

  @ParameterizedTest
  @MethodSource("executors")
  void readFailureShouldArriveAfterThePrecedingObjects(Executor executor) {
    InputStream broken =
        new SequenceInputStream(
            input("[" + objects(0, 6000, "") + ", "),
            new FilterInputStream(InputStream.nullInputStream()) {
              @Override
              public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("I/O error");
              }
            });

    assertThatThrownBy(() -> readAll(broken, executor)).hasMessage("I/O error");
    assertThat(received).isEqualTo(keys(0, received.size())).hasSizeGreaterThan(4999);
  }

  @Test
  void veryLargeObjectsShouldNotBeReadAhead() throws IOException {
    List<Runnable> offered = new ArrayList<>();
    String large = "x".repeat(2_000_000);
    try (var ahead =
        new ReadAhead(input(fixture(3, large)), "one.json", error -> {}, offered::add)) {
      for (FixtureObject object = ahead.next(); object != null; object = ahead.next()) {
        received.add(object.pk().toString());
      }
    }

    assertThat(received).isEqualTo(keys(0, 3));
    assertThat(offered).isEmpty();
  }

  @Test
  void closeShouldWaitForTheReadingThread() throws Exception {
    var reading = new CountDownLatch(1);
    var mayContinue = new CountDownLatch(1);
    var closed = new CountDownLatch(1);
    var readAfterClosing = new AtomicBoolean();
    InputStream slow =
        new SequenceInputStream(
            input("[" + objects(0, 2000, "") + ", "),
            new FilterInputStream(input(objects(2000, 9000, "") + "]")) {
              @Override
              public int read(byte[] buffer, int offset, int length) throws IOException {
                reading.countDown();
                await(mayContinue);
                int read = super.read(buffer, offset, length);
                readAfterClosing.compareAndSet(false, closed.getCount() == 0);
                return read;
              }
            });
    var ahead = new ReadAhead(slow, "one.json", error -> {}, NEW_THREAD);
    assertThat(ahead.next().pk()).isEqualTo(0L);
    await(reading);
    var closing =
        new Thread(
            () -> {
              ahead.close();
              closed.countDown();
            });
    closing.start();
    mayContinue.countDown();
    closing.join();

    assertThat(readAfterClosing).isFalse();
  }

  private void readAll(InputStream in, Executor executor) throws IOException {
    try (var ahead =
        new ReadAhead(in, "one.json", error -> received.add(error.reason()), executor)) {
      for (FixtureObject object = ahead.next(); object != null; object = ahead.next()) {
        received.add(object.pk().toString());
      }
      assertThat(ahead.next()).isNull();
    }
  }

  private static String fixture(int count, String text) {
    return "[" + objects(0, count, text) + "]";
  }

  private static String objects(int from, int to, String text) {
    return IntStream.range(from, to)
        .mapToObj(
            pk ->
                "{\"model\": \"a.b\", \"pk\": %d, \"fields\": {\"c\": \"%s\"}}".formatted(pk, text))
        .collect(joining(",\n"));
  }

  private static List<String> keys(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  private static InputStream input(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
