package org.aerpaw.portal.backup.dump;

import java.sql.Connection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.aerpaw.portal.testing.TestDatabase;

/**
 * Someone who writes one transaction after the other while a test does something else. Fails the
 * test if writing fails.
 */
public final class ConcurrentWriter implements AutoCloseable {

  private static final int MAX_WAIT_SECONDS = 30;

  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final Semaphore commits = new Semaphore(0);
  private final Future<?> writing;
  private volatile boolean stopped;

  /**
   * @param sql of the transaction with a number, from 1
   */
  public ConcurrentWriter(TestDatabase database, IntFunction<String> sql) {
    writing =
        executor.submit(
            () -> {
              try (Connection connection = database.connect();
                  var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                for (int number = 1; !stopped; number++) {
                  statement.execute(sql.apply(number));
                  connection.commit();
                  commits.release();
                }
              }
              return null;
            });
  }

  /** Waits until so many more transactions have been committed. */
  public void awaitTransactions(int count) throws Exception {
    commits.drainPermits();
    if (!commits.tryAcquire(count, MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
      close();
      throw new AssertionError("the writer wrote too little");
    }
  }

  @Override
  public void close() throws Exception {
    stopped = true;
    executor.shutdown();
    writing.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
  }
}
