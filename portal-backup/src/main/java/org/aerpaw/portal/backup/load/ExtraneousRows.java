package org.aerpaw.portal.backup.load;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.SchemaValidator;
import org.aerpaw.portal.backup.postgres.SqlTemplate;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * The rows of loaded models that no object of the load names: a replacing load takes them away, and
 * the pairs of their lists with them.
 *
 * <p>Nothing may be left that refers to them. What the load brings is held against it by {@link
 * ConstraintChecks}; {@link #referrers} finds the rest: rows of models that are not loaded.
 */
final class ExtraneousRows {

  private final Staging staging;
  private final Transaction transaction;
  private final Map<Model, Long> counts = new LinkedHashMap<>();
  private final List<FixtureError> referrers = new ArrayList<>();

  private ExtraneousRows(Staging staging, Transaction transaction) {
    this.staging = staging;
    this.transaction = transaction;
  }

  /** Finds the rows, and takes none away yet. Expects that every object has a key. */
  static ExtraneousRows plan(Staging staging, Transaction transaction) throws SQLException {
    var surplus = new ExtraneousRows(staging, transaction);
    for (StagedModel staged : staging.models()) {
      surplus.plan(staged);
    }
    return surplus;
  }

  /** None, for loads that take nothing away. */
  static ExtraneousRows none(Staging staging, Transaction transaction) {
    return new ExtraneousRows(staging, transaction);
  }

  /** How many rows of the model go. */
  long rows(Model model) {
    return counts.getOrDefault(model, 0L);
  }

  /**
   * Rows of models outside of the load that refer to what is to go.
   *
   * @param models all that there are
   */
  List<FixtureError> referrers(Collection<Model> models) throws SQLException {
    List<Model> others = models.stream().filter(model -> staging.model(model).isEmpty()).toList();
    SchemaValidator.differences(others, transaction)
        .forEach(difference -> referrers.add(FixtureError.of(difference)));
    if (referrers.isEmpty()) {
      for (Model model : others) {
        findReferrers(model);
      }
    }
    return referrers;
  }

  /** Takes the rows away. */
  void remove() throws SQLException, RunFailedException {
    for (StagedModel staged : staging.models()) {
      if (rows(staged.model()) > 0) {
        remove(staged);
      }
    }
  }

  private void plan(StagedModel staged) throws SQLException {
    transaction.update(
        SqlTemplate.with("surplus", staged.surplus())
            .and("table", staged.model().sql())
            .and("key", staged.model().key().sql())
            .and("rows", staged.rows())
            .fill(
                """
                CREATE TEMPORARY TABLE {surplus} ON COMMIT DROP AS
                SELECT t.{key} AS key FROM {table} t WHERE NOT EXISTS (SELECT FROM {rows} s WHERE s.key = t.{key})
                """));
    transaction.update("ANALYZE " + staged.surplus());
    counts.put(
        staged.model(),
        transaction.queryOne(row -> row.getLong(1), "SELECT count(*) FROM " + staged.surplus()));
  }

  private void findReferrers(Model model) throws SQLException {
    Optional<Model> parent = model.parent();
    if (parent.isPresent()) {
      findReferrers(model, null, model.sql(), model.key().sql(), model.key().sql(), parent.get());
    }
    for (Field field : model.fields()) {
      if (field.isReference()) {
        findReferrers(
            model,
            field.name(),
            model.sql(),
            model.key().sql(),
            field.column().sql(),
            field.target());
      }
    }
    for (ListField list : model.lists()) {
      findReferrers(
          model, list.name(), list.sql(), list.source().sql(), list.target().sql(), list.model());
    }
  }

  private void findReferrers(
      Model model, String field, String table, String key, String reference, Model target)
      throws SQLException {
    if (rows(target) == 0) {
      return;
    }
    String sql =
        SqlTemplate.with("table", table)
                .and("key", key)
                .and("reference", reference)
                .and("surplus", staging.model(target).orElseThrow().surplus())
                .fill(
                    "SELECT t.{key}, g.key FROM {table} t JOIN {surplus} g ON g.key = t.{reference} ORDER BY 1, 2 LIMIT ")
            + ErrorCollector.MOST;
    referrers.addAll(
        transaction.query(
            row ->
                new FixtureError(
                    null,
                    null,
                    null,
                    model.label(),
                    row.getString(1),
                    field,
                    reason(target, row.getLong(2))),
            sql));
  }

  static String reason(Model target, long key) {
    return "refers to " + target + "(pk=" + key + "), which the load would remove";
  }

  private void remove(StagedModel staged) throws SQLException, RunFailedException {
    Model model = staged.model();
    CascadeCheck.requireNone(model, "rows are to be removed", transaction);
    for (ListField list : model.lists()) {
      delete(list.sql(), list.source().sql(), staged);
    }
    long removed = delete(model.sql(), model.key().sql(), staged);
    if (removed != rows(model)) {
      throw new RunFailedException(
          model
              + ": the database removed "
              + removed
              + " rows where "
              + rows(model)
              + " were planned",
          null);
    }
  }

  private long delete(String table, String key, StagedModel staged) throws SQLException {
    return transaction.update(
        "DELETE FROM " + table + " t USING " + staged.surplus() + " g WHERE g.key = t." + key);
  }
}
