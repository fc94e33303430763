package org.aerpaw.portal.backup.verify;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.model.ColumnPath;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.model.SchemaValidator;
import org.aerpaw.portal.backup.model.SortKey;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * Copies of the portal's tables in a temporary schema, which is first in the search path and is
 * rolled back with the transaction. The copies have the columns, indexes and constraints of the
 * real tables, but no foreign keys, which a load checks itself, and no triggers, which could change
 * other tables.
 *
 * <p>The real tables are only read, and their sequences do not move.
 */
final class ScratchSchema {

  private static final String REAL_NAME =
      "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) FROM pg_catalog.pg_class c"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass(?)";

  /**
   * The integer columns with a default. That of a key may be a sequence, which would be that of the
   * real table.
   */
  private static final String NUMBERED_COLUMNS =
      "SELECT quote_ident(c.relname), quote_ident(a.attname), a.attnotnull FROM pg_catalog.pg_class c"
          + " JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid"
          + " WHERE c.relnamespace = ?::regnamespace AND c.relkind = 'r' AND a.attnum >"
          + " 0 AND NOT a.attisdropped AND a.atthasdef"
          + " AND a.attgenerated = '' AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)";

  private static final String COLUMNS =
      "SELECT string_agg(quote_ident(attname), ', ') FROM pg_catalog.pg_attribute"
          + " WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped";

  private final Transaction transaction;
  private final String schema;

  /** The qualified names of the real tables by their names in the mapping. */
  private final Map<String, String> real = new LinkedHashMap<>();

  private final Set<String> filled = new LinkedHashSet<>();

  private ScratchSchema(Transaction transaction) {
    this.transaction = transaction;
    this.schema = "fixtures_trial_" + UUID.randomUUID().toString().replace("-", "");
  }

  /**
   * Creates the tables of all models. Those of the models in the set are empty; those that the set
   * refers to contain the present rows.
   *
   * @param transaction a transaction without any statement yet
   * @throws RunFailedException if the real tables differ from the mapping
   */
  static ScratchSchema create(ModelRegistry registry, Set<Model> inSet, Transaction transaction)
      throws RunFailedException, SQLException {
    transaction.update("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    RunFailedException.throwIfAny(SchemaValidator.differences(registry.models(), transaction));
    var tables = new ScratchSchema(transaction);
    tables.find(registry.models());
    tables.create();
    for (Model model : referenced(inSet)) {
      tables.copy(model.sql());
    }
    inSet.forEach(model -> tables.filled.addAll(model.tables()));
    // The old search path follows the scratch schema, for the functions of indexes and constraints.
    transaction.query(
        row -> row.getString(1),
        "SELECT set_config('search_path', concat_ws(', ', ?, nullif(current_setting('search_path'), '')), true)",
        tables.schema);
    return tables;
  }

  /**
   * Updates the statistics of the planner after the load, except those of index expressions:
   * PostgreSQL 17 and newer evaluate these without the search path, which their functions may need.
   */
  void analyze() throws SQLException {
    for (String table : filled) {
      String columns = transaction.queryOne(row -> row.getString(1), COLUMNS, schema + "." + table);
      transaction.update("ANALYZE " + table + " (" + columns + ")");
    }
  }

  private void find(Collection<Model> models) throws SQLException {
    for (String table :
        models.stream().flatMap(model -> model.tables().stream()).distinct().toList()) {
      real.put(table, transaction.queryOne(row -> row.getString(1), REAL_NAME, table));
    }
  }

  private void create() throws SQLException {
    transaction.update("CREATE SCHEMA " + schema);
    for (var table : real.entrySet()) {
      transaction.update(
          "CREATE UNLOGGED TABLE "
              + schema
              + "."
              + table.getKey()
              + " (LIKE "
              + table.getValue()
              + " INCLUDING ALL)");
    }
    List<String> changes = new ArrayList<>();
    transaction.query(
        row -> {
          String column =
              "ALTER TABLE " + schema + "." + row.getString(1) + " ALTER " + row.getString(2);
          changes.add(column + " DROP DEFAULT");
          if (row.getBoolean(3)) {
            changes.add(column + " ADD GENERATED BY DEFAULT AS IDENTITY");
          }
          return null;
        },
        NUMBERED_COLUMNS,
        schema);
    for (String change : changes) {
      transaction.update(change);
    }
  }

  private void copy(String table) throws SQLException {
    transaction.update(
        "INSERT INTO "
            + schema
            + "."
            + table
            + " OVERRIDING SYSTEM VALUE SELECT * FROM "
            + real.get(table));
    filled.add(table);
  }

  /**
   * The models outside of the set whose rows are read too: those that its models refer to, those by
   * which its lists are sorted, and those in the natural keys of these.
   */
  private static Set<Model> referenced(Set<Model> inSet) {
    Set<Model> referenced = new LinkedHashSet<>();
    for (Model model : inSet) {
      model.parent().ifPresent(referenced::add);
      model.fields().stream()
          .filter(Field::isReference)
          .forEach(field -> referenced.add(field.target()));
      for (ListField list : model.lists()) {
        referenced.add(list.model());
        list.ordering().stream()
            .map(SortKey::path)
            .flatMap(ScratchSchema::targets)
            .forEach(referenced::add);
      }
    }
    for (Model model : List.copyOf(referenced)) {
      model.naturalKey().stream().flatMap(ScratchSchema::targets).forEach(referenced::add);
    }
    referenced.removeAll(inSet);
    return referenced;
  }

  private static Stream<Model> targets(ColumnPath path) {
    return path.references().stream().map(Field::target);
  }
}
