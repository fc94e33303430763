package org.aerpaw.portal.backup.load.staging;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.load.source.ErrorCollector;
import org.aerpaw.portal.backup.load.tables.CascadeCheck;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.SchemaValidator;
import org.aerpaw.portal.backup.postgres.SqlTemplate;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * Finds and deletes the rows of loaded models for which a replacing load has no object.
 *
 * <p>No remaining row may refer to them. {@link ConstraintChecks} checks the staged objects, {@link
 * #referrers} checks models that are not loaded, and the foreign keys of the database check the
 * unchanged rows of compared models.
 */
public final class ExtraneousRows {

  private final Staging staging;
  private final Transaction transaction;
  private final Map<Model, Long> counts = new LinkedHashMap<>();
  private final List<FixtureError> referrers = new ArrayList<>();

  private ExtraneousRows(Staging staging, Transaction transaction) {
    this.staging = staging;
    this.transaction = transaction;
  }

  /** No rows, for loads that delete none. */
  public static ExtraneousRows none(Staging staging, Transaction transaction) {
    return new ExtraneousRows(staging, transaction);
  }

  /**
   * Finds the extraneous rows of compared models; {@link #findStaged()} finds those of other
   * models.
   */
  public static ExtraneousRows compared(Staging staging, Transaction transaction)
      throws SQLException {
    var extraneous = new ExtraneousRows(staging, transaction);
    for (StagedModel staged : staging.models()) {
      if (staged.omitsEqualObjects()) {
        extraneous.find(staged);
      }
    }
    return extraneous;
  }

  /** Finds the extraneous rows of fully staged models. All objects must have keys. */
  public void findStaged() throws SQLException {
    for (StagedModel staged : staging.models()) {
      if (!staged.omitsEqualObjects()) {
        find(staged);
      }
    }
  }

  /** A condition that is true unless the key belongs to an extraneous row. */
  static String isNotExtraneous(StagedModel staged, String key) {
    return SqlTemplate.with("extraneous", staged.extraneous())
        .and("key", key)
        .fill("NOT EXISTS (SELECT FROM {extraneous} e WHERE e.key = {key})");
  }

  /** The number of extraneous rows of a model. */
  public long rows(Model model) {
    return counts.getOrDefault(model, 0L);
  }

  /**
   * Returns an error for each reference to an extraneous row.
   *
   * @param others the models that are not loaded
   */
  public List<FixtureError> referrers(Collection<Model> others) throws SQLException {
    SchemaValidator.differences(others, transaction)
        .forEach(difference -> referrers.add(FixtureError.of(difference)));
    if (referrers.isEmpty()) {
      for (Model model : others) {
        findReferrers(model);
      }
    }
    return referrers;
  }

  /** Deletes the extraneous rows and the join table rows of their lists. */
  public void delete() throws SQLException, RunFailedException {
    for (StagedModel staged : staging.models()) {
      if (rows(staged.model()) > 0) {
        delete(staged);
      }
    }
  }

  private void find(StagedModel staged) throws SQLException {
    transaction.update(
        SqlTemplate.with("extraneous", staged.extraneous())
            .and("table", staged.model().sql())
            .and("key", staged.model().key().sql())
            .and("rows", staged.rows())
            .and(
                "not_compared",
                staged.omitsEqualObjects()
                    ? "t." + staged.model().key().sql() + " > " + staged.comparedUpToKey() + " AND"
                    : "")
            .fill(
                """
                CREATE TEMPORARY TABLE {extraneous} ON COMMIT DROP AS
                SELECT t.{key} AS key FROM {table} t
                WHERE {not_compared} NOT EXISTS (SELECT FROM {rows} s WHERE s.key = t.{key})
                """));
    staged.copyExtraneous();
    transaction.update("ANALYZE " + staged.extraneous());
    counts.put(
        staged.model(),
        transaction.queryOne(row -> row.getLong(1), "SELECT count(*) FROM " + staged.extraneous()));
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
            .and("extraneous", staging.model(target).orElseThrow().extraneous())
            .and("limit", String.valueOf(ErrorCollector.MAX_ERRORS))
            .fill(
                """
                SELECT t.{key}, e.key FROM {table} t JOIN {extraneous} e ON e.key = t.{reference}
                ORDER BY 1, 2 LIMIT {limit}
                """);
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
    return "refers to " + target + "(pk=" + key + "), which the load would delete";
  }

  private void delete(StagedModel staged) throws SQLException, RunFailedException {
    Model model = staged.model();
    CascadeCheck.requireNone(model, "the load must delete rows", transaction);
    for (ListField list : model.lists()) {
      delete(list.sql(), list.source().sql(), staged);
    }
    long deleted = delete(model.sql(), model.key().sql(), staged);
    TableUpsert.requireCount(model.label(), rows(model), deleted, "deleted");
  }

  private long delete(String table, String key, StagedModel staged) throws SQLException {
    return transaction.update(
        "DELETE FROM " + table + " t USING " + staged.extraneous() + " e WHERE e.key = t." + key);
  }
}
