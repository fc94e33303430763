package org.aerpaw.portal.backup.rows;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.postgres.Transaction;

/** Counts the rows of every model. */
public final class RowCounter {

  /**
   * An app and its models.
   *
   * @param dumped whether a default dump contains the app
   */
  public record App(String app, boolean dumped, List<Rows> models) {}

  /**
   * The number of rows of a model's table.
   *
   * @param rows null if the table is locked
   */
  public record Rows(String model, String table, Long rows) {}

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final DataSource database;
  private final ModelRegistry registry;

  public RowCounter(DataSource database, ModelRegistry registry) {
    this.database = database;
    this.registry = registry;
  }

  /** Counts the rows of all apps in one snapshot. */
  public List<App> count() throws SQLException {
    List<App> apps = new ArrayList<>();
    try (var snapshot = Transaction.beginSnapshot(database)) {
      snapshot.update("SET LOCAL lock_timeout = '200ms'");
      for (String app : registry.apps()) {
        List<Rows> models = new ArrayList<>();
        for (Model model : registry.models(app)) {
          models.add(new Rows(model.label(), model.table(), count(model, snapshot)));
        }
        apps.add(new App(app, registry.dumpedApps().contains(app), models));
      }
    }
    return apps;
  }

  private static Long count(Model model, Transaction snapshot) throws SQLException {
    var savepoint = snapshot.connection().setSavepoint();
    try {
      return snapshot.queryOne(row -> row.getLong(1), "SELECT count(*) FROM " + model.sql());
    } catch (SQLException e) {
      if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw e;
      }
      snapshot.connection().rollback(savepoint);
      return null;
    }
  }
}
