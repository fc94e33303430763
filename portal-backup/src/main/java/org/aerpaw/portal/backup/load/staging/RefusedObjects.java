package org.aerpaw.portal.backup.load.staging;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.aerpaw.portal.backup.load.errors.Violation;
import org.aerpaw.portal.backup.load.source.ErrorCollector;
import org.aerpaw.portal.backup.load.source.ObjectRef;
import org.aerpaw.portal.backup.postgres.DatabaseError;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * Finds the staged objects that the database refuses for reasons that the mapping does not know,
 * such as triggers and check constraints. Writes ever smaller parts of the plans and keeps what can
 * be written.
 */
public final class RefusedObjects {

  /**
   * Classes of SQLSTATE with which the database refuses rows or statements, as opposed to failing:
   * unsupported, dependent objects, bad data, constraints, access or names, views, objects in use,
   * and errors raised by functions.
   */
  private static final Set<String> REFUSALS =
      Set.of("0A", "2B", "22", "23", "42", "44", "55", "P0");

  /** Those of the classes that an object can cause: bad data, constraints, raised errors. */
  private static final Set<String> CAUSED_BY_OBJECTS = Set.of("22", "23", "44", "P0");

  private final Transaction transaction;
  private final List<Violation> violations = new ArrayList<>();

  private RefusedObjects(Transaction transaction) {
    this.transaction = transaction;
  }

  /** Whether the database refused rows or a statement. */
  public static boolean isRefusal(SQLException e) {
    return isOfClass(REFUSALS, e);
  }

  /** Whether the database refused rows because of their values. */
  public static boolean isCausedByObjects(SQLException e) {
    return isOfClass(CAUSED_BY_OBJECTS, e);
  }

  private static boolean isOfClass(Set<String> classes, SQLException e) {
    return e.getSQLState() != null
        && e.getSQLState().length() == 5
        && classes.contains(e.getSQLState().substring(0, 2));
  }

  /**
   * Finds the objects. The transaction must be rolled back afterwards.
   *
   * @param upserts planned and not written, in the order in which they are written
   */
  public static List<Violation> find(List<TableUpsert> upserts, Transaction transaction)
      throws SQLException, RunFailedException {
    var refused = new RefusedObjects(transaction);
    for (TableUpsert upsert : upserts) {
      refused.write(upsert, upsert.savePlan());
    }
    return refused.violations;
  }

  private void write(TableUpsert upsert, List<Long> keys) throws SQLException, RunFailedException {
    if (keys.isEmpty() || violations.size() >= ErrorCollector.MAX_ERRORS) {
      return;
    }
    Savepoint before = transaction.connection().setSavepoint();
    try {
      upsert.limitTo(keys.get(0), keys.get(keys.size() - 1));
      upsert.write();
      transaction.connection().releaseSavepoint(before);
    } catch (SQLException e) {
      if (!isCausedByObjects(e)) {
        throw e;
      }
      transaction.connection().rollback(before);
      if (keys.size() == 1) {
        violations.add(violation(upsert, keys.get(0), e));
      } else {
        int middle = keys.size() / 2;
        write(upsert, keys.subList(0, middle));
        write(upsert, keys.subList(middle, keys.size()));
      }
    }
  }

  private static Violation violation(TableUpsert upsert, long key, SQLException refusal)
      throws SQLException {
    return new Violation(
        ObjectRef.of(upsert.origin(key)),
        upsert.model(),
        key,
        null,
        DatabaseError.of(refusal).describe(),
        null);
  }
}
