package org.aerpaw.portal.backup.load.staging;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.load.source.ErrorCollector;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.SchemaValidator;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.postgres.copy.CopyWriter;
import org.aerpaw.portal.backup.rows.conversion.ConvertedObject;

/**
 * Copies objects into staging tables, so that set-based SQL can check them before they are written.
 */
public final class Staging {

  private final Transaction transaction;
  private final CopyWriter copies;
  private final ErrorCollector errors;

  /** Empty for a model whose tables differ from the mapping. */
  private final Map<Model, Optional<StagedModel>> models = new LinkedHashMap<>();

  /**
   * @param errors collects differences between tables and mapping
   */
  public Staging(Transaction transaction, CopyWriter copies, ErrorCollector errors) {
    this.transaction = transaction;
    this.copies = copies;
    this.errors = errors;
  }

  public void add(Model model, long origin, ConvertedObject object) throws SQLException {
    Optional<StagedModel> staged = staged(model);
    if (staged.isPresent()) {
      staged.get().add(origin, object);
    }
  }

  public void includeModel(Model model) throws SQLException {
    staged(model);
  }

  public void finish() throws SQLException {
    for (StagedModel model : models()) {
      model.finish();
    }
  }

  /**
   * The models with staged objects; for a replacing load, also other models that the manifest
   * lists.
   */
  public List<StagedModel> models() {
    return models.values().stream().flatMap(Optional::stream).toList();
  }

  /** Whether staged objects of a model have references by natural key. */
  public boolean hasNaturalKeys(Model model) {
    return model(model).filter(staged -> !staged.naturalKeyFields().isEmpty()).isPresent();
  }

  Optional<StagedModel> model(Model model) {
    return models.getOrDefault(model, Optional.empty());
  }

  /**
   * A subquery that returns the rows of a model as they will be after the load.
   *
   * @param replaces whether the load deletes rows without an object
   */
  String effectiveRows(Model model, boolean replaces) {
    return model(model).map(staged -> effectiveRows(staged, replaces)).orElse(model.sql());
  }

  private static String effectiveRows(StagedModel staged, boolean replaces) {
    Model model = staged.model();
    var objects = new StringBuilder("s.key AS " + model.key().sql());
    var rows = new StringBuilder("t." + model.key().sql());
    for (Field field : model.fields()) {
      String column = field.column().sql();
      objects.append(", s.").append(staged.column(field)).append(" AS ").append(column);
      rows.append(", t.").append(column);
    }
    String rowsWithoutObject =
        " UNION ALL SELECT "
            + rows
            + " FROM "
            + model.sql()
            + " t WHERE NOT EXISTS (SELECT FROM "
            + staged.rows()
            + " o WHERE o.key = t."
            + model.key().sql()
            + ")";
    String remaining = "";
    if (!replaces) {
      remaining = rowsWithoutObject;
    } else if (staged.omitsEqualObjects()) {
      remaining =
          rowsWithoutObject
              + " AND "
              + ExtraneousRows.isNotExtraneous(staged, "t." + model.key().sql());
    }
    return "(SELECT " + objects + " FROM " + staged.rows() + " s" + remaining + ")";
  }

  /** Empty if the model's tables differ from the mapping; the differences are then errors. */
  private Optional<StagedModel> staged(Model model) throws SQLException {
    Optional<StagedModel> staged = models.get(model);
    if (staged == null) {
      copies.end();
      List<String> differences = SchemaValidator.differences(List.of(model), transaction);
      differences.forEach(difference -> errors.add(FixtureError.of(difference)));
      staged = differences.isEmpty() ? Optional.of(newModel(model)) : Optional.empty();
      models.put(model, staged);
    }
    return staged;
  }

  /** The staged objects of a model whose tables match the mapping; executes no statement. */
  public StagedModel forComparison(Model model) {
    return models.computeIfAbsent(model, key -> Optional.of(newModel(key))).orElseThrow();
  }

  private StagedModel newModel(Model model) {
    return new StagedModel(model, models.size(), transaction, copies);
  }
}
