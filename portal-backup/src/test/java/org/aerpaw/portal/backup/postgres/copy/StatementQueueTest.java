package org.aerpaw.portal.backup.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatementQueueTest {

  private static final long HEAP = Runtime.getRuntime().maxMemory();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Integer> executed = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  static List<Executor> executorsWithoutThread() {
    return List.of(
        Runnable::run,
        task -> {},
        task -> {
          throw new RejectedExecutionException();
        });
  }

  @Test
  void statementsAreExecutedInTheirOrder() throws SQLException {
    var queue = new StatementQueue(threads);
    for (int i = 0; i < 10_000; i++) {
      int number = i;
      queue.add(() -> executed.add(number), 1);
    }
    queue.await();

    assertThat(executed).isEqualTo(IntStream.range(0, 10_000).boxed().toList());
  }

  @ParameterizedTest
  @MethodSource("executorsWithoutThread")
  void theCallerExecutesThemIfNoThreadDoes(Executor none) throws SQLException {
    var queue = new StatementQueue(none);
    for (int i = 0; i < 3; i++) {
      int number = i;
      queue.add(() -> executed.add(number), HEAP);
    }
    queue.await();

    assertThat(executed).containsExactly(0, 1, 2);
  }

  @Test
  void theCallerContinuesWhileAStatementIsExecuted() throws SQLException {
    var queue = new StatementQueue(threads);
    var added = new CountDownLatch(1);
    queue.add(() -> awaitUninterruptibly(added), 1);
    queue.add(() -> executed.add(2), 1);
    assertThat(executed).isEmpty();

    added.countDown();
    queue.await();

    assertThat(executed).containsExactly(2);
  }

  @Test
  void dataThatWaitsStaysWithinItsLimit() throws SQLException {
    var queue = new StatementQueue(threads);
    long size = HEAP / 32;
    var waiting = new AtomicLong();
    var most = new AtomicLong();
    for (int i = 0; i < 100; i++) {
      most.accumulateAndGet(waiting.addAndGet(size), Math::max);
      queue.add(() -> waiting.addAndGet(-size), size);
    }
    queue.await();

    assertThat(waiting).hasValue(0);
    assertThat(most.get()).isLessThanOrEqualTo(HEAP / 8 + 2 * size);
  }

  @Test
  void theCallerLearnsOfAFailureAndNothingIsExecutedAfterIt() throws Exception {
    var queue = new StatementQueue(threads);
    queue.add(
        () -> {
          throw new SQLException("refused");
        },
        1);

    assertThatThrownBy(
            () -> {
              queue.add(() -> executed.add(1), 1);
              queue.await();
            })
        .isInstanceOf(SQLException.class)
        .hasMessage("refused");
    queue.discard();
    assertThat(executed).isEmpty();
  }

  @Test
  void discardWaitsForTheStatementInProgressAndDropsTheOthers() throws Exception {
    var queue = new StatementQueue(threads);
    var begun = new CountDownLatch(1);
    var finish = new CountDownLatch(1);
    queue.add(
        () -> {
          begun.countDown();
          awaitUninterruptibly(finish);
          executed.add(1);
        },
        1);
    queue.add(() -> executed.add(2), 1);
    begun.await();
    Thread discarding = Thread.currentThread();
    threads.execute(
        () -> {
          while (discarding.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
          }
          finish.countDown();
        });

    queue.discard();

    assertThat(executed).containsExactly(1);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
