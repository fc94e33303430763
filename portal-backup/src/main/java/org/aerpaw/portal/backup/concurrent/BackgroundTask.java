package org.aerpaw.portal.backup.concurrent;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A task that is offered to an executor. If no thread has started it when its result is needed, the
 * calling thread executes it, so nobody waits for an executor without a free thread.
 *
 * @param <T> the result
 * @param <E> the exception of the work
 */
public final class BackgroundTask<T, E extends Exception> {

  /** The work. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T execute() throws E;
  }

  private final Work<T, E> work;
  private final AtomicBoolean started = new AtomicBoolean();
  private final CompletableFuture<T> result = new CompletableFuture<>();

  private BackgroundTask(Work<T, E> work) {
    this.work = work;
  }

  /** Offers the work to an executor. */
  public static <T, E extends Exception> BackgroundTask<T, E> offer(
      Work<T, E> work, Executor executor) {
    var task = new BackgroundTask<>(work);
    try {
      executor.execute(task::start);
    } catch (RejectedExecutionException e) {
      // The thread that needs the result executes it.
    }
    return task;
  }

  /** Whether it succeeded, failed or was cancelled. */
  public boolean isDone() {
    return result.isDone();
  }

  /**
   * Cancels the task unless it had already been started.
   *
   * @return false if it had already been started or cancelled
   */
  public boolean cancel() {
    boolean cancelled = started.compareAndSet(false, true);
    if (cancelled) {
      result.cancel(false);
    }
    return cancelled;
  }

  /**
   * Executes the task if no thread has started it, and returns its result.
   *
   * @throws CancellationException if it was cancelled
   */
  public T result() throws E {
    start();
    try {
      return result.join();
    } catch (CompletionException e) {
      throw failure(e.getCause());
    }
  }

  /** Cancels the task, or waits for its end and ignores its result. */
  public void end() {
    if (!cancel()) {
      result.exceptionally(failure -> null).join();
    }
  }

  private void start() {
    if (started.compareAndSet(false, true)) {
      try {
        result.complete(work.execute());
      } catch (Throwable e) {
        result.completeExceptionally(e);
      }
    }
  }

  /** The work throws nothing else. */
  @SuppressWarnings("unchecked")
  private E failure(Throwable thrown) {
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    return (E) thrown;
  }
}
