package org.aerpaw.portal.backup.dump.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.Interference;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunFailedException;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Work on one snapshot by two transactions. */
class SnapshotWorkersTest {

  private static final Executor NEW_THREAD = task -> new Thread(task).start();

  private static TestDatabase database;

  private final Queue<Integer> done = new ConcurrentLinkedQueue<>();
  private final Queue<Transaction> hands = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void create() throws SQLException {
    database = TestDatabase.empty();
    database.execute("CREATE TABLE counted (n int); INSERT INTO counted VALUES (1)");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @Test
  void bothWorkersShouldSeeTheSameSnapshot() throws Exception {
    var bothAtWork = new CyclicBarrier(2);
    work(
        IntStream.range(0, 2).boxed().toList(),
        (piece, snapshot) -> {
          await(bothAtWork);
          database.execute("INSERT INTO counted VALUES (2)");
          await(bothAtWork);
          hands.add(snapshot);
          done.add(
              snapshot.queryOne(row -> row.getInt(1), "SELECT count(*) FROM counted WHERE n = 2"));
        },
        NEW_THREAD);

    assertThat(hands).doesNotHaveDuplicates().hasSize(2);
    assertThat(done).containsExactly(0, 0);
  }

  @Test
  void oneHandShouldDoEverythingWhereThereIsNoSecondOne() throws Exception {
    Executor never = task -> {};
    Executor refusing =
        task -> {
          throw new RejectedExecutionException();
        };
    DataSource exhausted =
        Interference.before(
            "SET TRANSACTION SNAPSHOT",
            database.dataSource(),
            () -> {
              throw new SQLException("too many clients", "53300");
            });

    work(IntStream.range(0, 3).boxed().toList(), this::note, never);
    work(IntStream.range(3, 6).boxed().toList(), this::note, refusing);
    work(IntStream.range(6, 9).boxed().toList(), this::note, NEW_THREAD, exhausted);

    assertThat(done).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void failureOfEitherWorkerShouldEndBoth() {
    for (boolean ofTheFirst : new boolean[] {true, false}) {
      var first = Thread.currentThread();
      var bothAtWork = new CyclicBarrier(2);
      assertThatThrownBy(
              () ->
                  work(
                      IntStream.range(0, 1000).boxed().toList(),
                      (piece, snapshot) -> {
                        if (piece < 2) {
                          await(bothAtWork);
                        }
                        if (Thread.currentThread() == first == ofTheFirst) {
                          throw new RunFailedException("a failure", null);
                        }
                        done.add(piece);
                        pause();
                      },
                      NEW_THREAD))
          .isInstanceOf(RunFailedException.class);
      assertThat(done).hasSizeLessThan(900);
      done.clear();
    }
  }

  private void note(int piece, Transaction snapshot) {
    done.add(piece);
  }

  private static void work(
      Collection<Integer> pieces, SnapshotWorkers.Worker<Integer> hand, Executor executor)
      throws Exception {
    work(pieces, hand, executor, database.dataSource());
  }

  private static void work(
      Collection<Integer> pieces,
      SnapshotWorkers.Worker<Integer> hand,
      Executor executor,
      DataSource second)
      throws Exception {
    try (var snapshot = Transaction.beginSnapshot(database.dataSource());
        var workers = new SnapshotWorkers(snapshot, second, executor)) {
      workers.work(pieces, hand);
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
