package org.aerpaw.portal.backup.load.tables;

import static java.util.stream.Collectors.toCollection;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.Identifiers;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * Keeps writers off the tables that a load writes or refers to, from the checks to the end of the
 * transaction; readers go on. Who writes to one of these tables, locks rows of it or refers to it,
 * waits.
 *
 * <p>A writer of the portal never deadlocks with a load. An attempt to get all the tables is given
 * up before PostgreSQL looks for deadlocks, and the next one begins with the table at which it
 * failed: that is the order in which the portal takes them. When a load has them all, it waits for
 * nobody.
 */
public final class TableLocks {

  /** How far others are kept off: they may read, or they may not even read. */
  private static final String EXCLUSIVE = "EXCLUSIVE";

  private static final String ACCESS_EXCLUSIVE = "ACCESS EXCLUSIVE";

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Transaction transaction;
  private final Duration attempt;

  private TableLocks(Transaction transaction) throws SQLException {
    this.transaction = transaction;
    long deadlockTimeout =
        transaction.queryOne(
            row -> row.getLong(1),
            "SELECT setting::bigint FROM pg_catalog.pg_settings WHERE name = 'deadlock_timeout'");
    this.attempt = Duration.ofMillis(deadlockTimeout).dividedBy(2);
  }

  /**
   * @throws RunFailedException if other transactions write to the tables for longer than a minute
   */
  public static void acquire(Collection<Model> models, Transaction transaction)
      throws SQLException, RunFailedException {
    acquire(models, model -> false, transaction);
  }

  /**
   * The same, with the tables in which references by natural key are resolved.
   *
   * @param hasNaturalKeys whether objects of a model have such references
   * @throws RunFailedException if other transactions write to the tables for longer than a minute
   */
  public static void acquire(
      Collection<Model> models, Predicate<Model> hasNaturalKeys, Transaction transaction)
      throws SQLException, RunFailedException {
    acquire(
        models.stream().flatMap(model -> tables(model, hasNaturalKeys.test(model))), transaction);
  }

  private static void acquire(Stream<String> all, Transaction transaction)
      throws SQLException, RunFailedException {
    List<String> tables = all.distinct().sorted().collect(toCollection(LinkedList::new));
    var locks = new TableLocks(transaction);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Optional<String> contended = locks.tryAcquire(tables, EXCLUSIVE);
        contended.isPresent();
        contended = locks.tryAcquire(tables, EXCLUSIVE)) {
      if (System.nanoTime() > deadline) {
        throw new RunFailedException(
            "other transactions have been writing to "
                + contended.get()
                + " for "
                + PATIENCE.toSeconds()
                + " seconds",
            null);
      }
      tables.remove(contended.get());
      tables.add(0, contended.get());
      pause();
    }
  }

  /**
   * Tries once to keep others even from reading the tables of the models and those they refer to.
   *
   * @return whether that worked; if not, no further locks are held
   */
  public static boolean tryAcquireAlone(Collection<Model> models, Transaction transaction)
      throws SQLException {
    List<String> tables =
        models.stream().flatMap(model -> tables(model, false)).distinct().sorted().toList();
    return new TableLocks(transaction).tryAcquire(tables, ACCESS_EXCLUSIVE).isEmpty();
  }

  /**
   * @param named whether objects of the model have references by what their targets are known by
   */
  private static Stream<String> tables(Model model, boolean named) {
    Stream<String> own =
        Stream.concat(Stream.of(model.table()), model.lists().stream().map(ListField::table));
    Stream<Model> targets =
        Stream.of(
                model.parent().stream(),
                model.fields().stream().filter(Field::isReference).map(Field::target),
                model.lists().stream().map(ListField::model))
            .flatMap(stream -> stream);
    return Stream.concat(own, targets.flatMap(target -> tablesOfTarget(target, named)));
  }

  /**
   * @param named whether it matters what the model's objects are known by
   */
  private static Stream<String> tablesOfTarget(Model target, boolean named) {
    Stream<Model> behind =
        target.naturalKey().stream().flatMap(part -> part.references().stream()).map(Field::target);
    return Stream.concat(
        Stream.of(target.table()), named ? behind.map(Model::table) : Stream.empty());
  }

  /** Gets all of them, or none and tells at which one it failed. */
  private Optional<String> tryAcquire(List<String> tables, String mode) throws SQLException {
    var savepoint = transaction.connection().setSavepoint();
    String usualTimeout =
        transaction.queryOne(row -> row.getString(1), "SELECT current_setting('lock_timeout')");
    long deadline = System.nanoTime() + attempt.toNanos();
    for (String table : tables) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      try {
        setTimeout(Math.max(1, left) + "ms");
        transaction.update("LOCK TABLE " + Identifiers.quoted(table) + " IN " + mode + " MODE");
      } catch (SQLException e) {
        if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
          throw e;
        }
        transaction.connection().rollback(savepoint);
        return Optional.of(table);
      }
    }
    setTimeout(usualTimeout);
    return Optional.empty();
  }

  /** For the rest of the transaction. */
  private void setTimeout(String timeout) throws SQLException {
    transaction.query(
        row -> row.getString(1), "SELECT set_config('lock_timeout', ?, true)", timeout);
  }

  private static void pause() throws RunFailedException {
    try {
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailedException("the load was interrupted", e);
    }
  }
}
