package org.aerpaw.portal.backup.load.tables;

import static java.util.stream.Collectors.toCollection;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.Identifiers;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * Locks the tables that a load writes or refers to until the end of the transaction. Other
 * transactions can still read them, but wait if they write to them, lock their rows or refer to
 * them.
 *
 * <p>A load never causes a deadlock with a transaction of the portal. An attempt to lock all tables
 * ends before PostgreSQL checks for deadlocks, and releases its locks if it fails. The next attempt
 * starts with the table that could not be locked, so that the order of the tables approaches the
 * one in which the portal locks them.
 */
public final class TableLocks {

  private static final String EXCLUSIVE = "EXCLUSIVE";

  private static final String ACCESS_EXCLUSIVE = "ACCESS EXCLUSIVE";

  private static final Duration RETRY_DELAY = Duration.ofMillis(50);
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Transaction transaction;
  private final Duration attemptTimeout;

  private TableLocks(Transaction transaction) throws SQLException {
    this.transaction = transaction;
    long deadlockTimeout =
        transaction.queryOne(
            row -> row.getLong(1),
            "SELECT setting::bigint FROM pg_catalog.pg_settings WHERE name = 'deadlock_timeout'");
    this.attemptTimeout = Duration.ofMillis(deadlockTimeout).dividedBy(2);
  }

  /**
   * Locks the tables of the models and the tables that they refer to. Waits until other
   * transactions that write to them have ended.
   *
   * @param contention receives the table that this waits for, and null at the end; throws an
   *     exception to end the wait
   */
  public static void acquire(
      Collection<Model> models, Transaction transaction, Consumer<String> contention)
      throws SQLException, RunFailedException {
    acquire(models, model -> false, transaction, contention);
  }

  /**
   * Also locks the tables in which references by natural key are resolved.
   *
   * @param hasNaturalKeys whether objects of a model have such references
   */
  public static void acquire(
      Collection<Model> models,
      Predicate<Model> hasNaturalKeys,
      Transaction transaction,
      Consumer<String> contention)
      throws SQLException, RunFailedException {
    acquire(
        models.stream().flatMap(model -> tables(model, hasNaturalKeys.test(model))),
        transaction,
        contention);
  }

  private static void acquire(
      Stream<String> all, Transaction transaction, Consumer<String> contention)
      throws SQLException, RunFailedException {
    List<String> tables = all.distinct().sorted().collect(toCollection(LinkedList::new));
    var locks = new TableLocks(transaction);
    for (Optional<String> contended = locks.tryAcquire(tables, EXCLUSIVE);
        contended.isPresent();
        contended = locks.tryAcquire(tables, EXCLUSIVE)) {
      contention.accept(Identifiers.quoted(contended.get()));
      tables.remove(contended.get());
      tables.add(0, contended.get());
      pause();
    }
    contention.accept(null);
  }

  /**
   * Tries once to lock the tables of the models and the tables that they refer to in {@code ACCESS
   * EXCLUSIVE} mode, which also blocks readers.
   *
   * @return whether all tables were locked; if not, this call leaves no locks behind
   */
  public static boolean tryAcquireAccessExclusive(Collection<Model> models, Transaction transaction)
      throws SQLException {
    List<String> tables =
        models.stream().flatMap(model -> tables(model, false)).distinct().sorted().toList();
    return new TableLocks(transaction).tryAcquire(tables, ACCESS_EXCLUSIVE).isEmpty();
  }

  private static Stream<String> tables(Model model, boolean hasNaturalKeys) {
    Stream<String> own =
        Stream.concat(Stream.of(model.table()), model.lists().stream().map(ListField::table));
    Stream<Model> targets =
        Stream.of(
                model.parent().stream(),
                model.fields().stream().filter(Field::isReference).map(Field::target),
                model.lists().stream().map(ListField::model))
            .flatMap(stream -> stream);
    return Stream.concat(own, targets.flatMap(target -> tablesOfTarget(target, hasNaturalKeys)));
  }

  private static Stream<String> tablesOfTarget(Model target, boolean hasNaturalKeys) {
    Stream<Model> partsOfKey =
        target.naturalKey().stream().flatMap(part -> part.references().stream()).map(Field::target);
    return Stream.concat(
        Stream.of(target.table()), hasNaturalKeys ? partsOfKey.map(Model::table) : Stream.empty());
  }

  /** Locks all tables, or none; in that case returns the one that could not be locked. */
  private Optional<String> tryAcquire(List<String> tables, String mode) throws SQLException {
    var savepoint = transaction.connection().setSavepoint();
    String originalTimeout =
        transaction.queryOne(row -> row.getString(1), "SELECT current_setting('lock_timeout')");
    long deadline = System.nanoTime() + attemptTimeout.toNanos();
    for (String table : tables) {
      long remaining = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      try {
        setTimeout(Math.max(1, remaining) + "ms");
        transaction.update("LOCK TABLE " + Identifiers.quoted(table) + " IN " + mode + " MODE");
      } catch (SQLException e) {
        if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
          throw e;
        }
        transaction.connection().rollback(savepoint);
        return Optional.of(table);
      }
    }
    setTimeout(originalTimeout);
    return Optional.empty();
  }

  private void setTimeout(String timeout) throws SQLException {
    transaction.query(
        row -> row.getString(1), "SELECT set_config('lock_timeout', ?, true)", timeout);
  }

  private static void pause() throws RunFailedException {
    try {
      TimeUnit.NANOSECONDS.sleep(RETRY_DELAY.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunFailedException("the load was interrupted", e);
    }
  }
}
