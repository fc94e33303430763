package org.aerpaw.portal.backup.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Work that another thread may do, or the one that needs it. */
class BackgroundTaskTest {

  private static final Executor NEW_THREAD = task -> new Thread(task).start();

  private final Queue<Runnable> queue = new ArrayDeque<>();
  private final AtomicInteger times = new AtomicInteger();

  @Test
  void anotherThreadShouldDoTheWork() {
    var bothAtWork = new CountDownLatch(1);
    BackgroundTask<Thread, RuntimeException> task =
        BackgroundTask.offer(
            () -> {
              bothAtWork.countDown();
              return Thread.currentThread();
            },
            NEW_THREAD);
    await(bothAtWork);

    assertThat(task.result()).isNotSameAs(Thread.currentThread());
    assertThat(task.isDone()).isTrue();
  }

  @Test
  void threadThatNeedsTheResultShouldExecuteATaskThatWasNotStarted() {
    var task = BackgroundTask.offer(times::incrementAndGet, queue::add);

    assertThat(task.isDone()).isFalse();
    assertThat(task.result()).isEqualTo(1);
    queue.remove().run();
    assertThat(task.result()).isEqualTo(1);
  }

  @Test
  void rejectedTaskShouldBeExecutedByTheThreadThatNeedsIt() {
    var task =
        BackgroundTask.offer(
            times::incrementAndGet,
            work -> {
              throw new RejectedExecutionException();
            });

    assertThat(task.result()).isEqualTo(1);
  }

  @Test
  void failureShouldBeThrownAsItWas() {
    var failure = new IOException("a failure");
    BackgroundTask<Void, IOException> task =
        BackgroundTask.offer(
            () -> {
              throw failure;
            },
            Runnable::run);
    BackgroundTask<Void, RuntimeException> outOfMemory =
        BackgroundTask.offer(
            () -> {
              throw new OutOfMemoryError("an error");
            },
            NEW_THREAD);

    assertThatThrownBy(task::result).isSameAs(failure);
    assertThatThrownBy(outOfMemory::result).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void cancelledTaskShouldNeverBegin() {
    var task = BackgroundTask.offer(times::incrementAndGet, queue::add);

    assertThat(task.cancel()).isTrue();
    queue.remove().run();

    assertThat(times).hasValue(0);
    assertThat(task.isDone()).isTrue();
    task.end();
    assertThatThrownBy(task::result).isInstanceOf(CancellationException.class);
    assertThat(BackgroundTask.offer(times::incrementAndGet, Runnable::run).cancel()).isFalse();
  }

  @Test
  void endShouldWaitForStartedWorkAndIgnoreItsResult() {
    var hasBegun = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    BackgroundTask<Void, RuntimeException> task =
        BackgroundTask.offer(
            () -> {
              hasBegun.countDown();
              await(mayEnd);
              times.incrementAndGet();
              throw new IllegalStateException("a failure");
            },
            NEW_THREAD);
    await(hasBegun);
    mayEnd.countDown();
    task.end();

    assertThat(times).hasValue(1);

    BackgroundTask.offer(times::incrementAndGet, queue::add).end();
    queue.remove().run();
    assertThat(times).hasValue(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
