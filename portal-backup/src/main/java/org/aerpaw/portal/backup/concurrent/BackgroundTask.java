package org.aerpaw.portal.backup.concurrent;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A task that another thread may carry out. Whoever needs its result while no other thread has
 * begun carries it out there and then, so that nobody ever waits for an executor that has no thread
 * to spare.
 *
 * @param <T> the result
 * @param <E> how it may fail
 */
public final class BackgroundTask<T, E extends Exception> {

  /** What is to be done. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T execute() throws E;
  }

  private final Work<T, E> work;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CompletableFuture<T> result = new CompletableFuture<>();

  private BackgroundTask(Work<T, E> work) {
    this.work = work;
  }

  /** Offers it to the threads of an executor. */
  public static <T, E extends Exception> BackgroundTask<T, E> offer(
      Work<T, E> work, Executor executor) {
    var task = new BackgroundTask<>(work);
    try {
      executor.execute(task::begin);
    } catch (RejectedExecutionException e) {
      // Then it is left to whoever needs the result.
    }
    return task;
  }

  /** Whether it was carried out, well or not, or cancelled. */
  public boolean isDone() {
    return result.isDone();
  }

  /**
   * Keeps it from being begun.
   *
   * @return false if it was begun, or cancelled, already
   */
  public boolean cancel() {
    boolean cancelled = begun.compareAndSet(false, true);
    if (cancelled) {
      result.cancel(false);
    }
    return cancelled;
  }

  /**
   * Waits for the thread that has begun it, or carries it out.
   *
   * @throws CancellationException if it was cancelled
   */
  public T result() throws E {
    begin();
    try {
      return result.join();
    } catch (CompletionException e) {
      throw failure(e.getCause());
    }
  }

  /** Returns when no thread works on it, nor will, whether it failed or not. */
  public void end() {
    if (!cancel()) {
      result.exceptionally(failure -> null).join();
    }
  }

  private void begin() {
    if (begun.compareAndSet(false, true)) {
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
