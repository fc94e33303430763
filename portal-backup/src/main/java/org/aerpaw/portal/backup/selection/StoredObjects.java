package org.aerpaw.portal.backup.selection;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.postgres.SqlTemplate;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.postgres.copy.CopyReader;
import org.aerpaw.portal.backup.postgres.copy.CopyRow;
import org.aerpaw.portal.backup.rows.KeyFilter;
import org.aerpaw.portal.backup.run.RunFailedException;

/** The objects in the database, as a transaction sees them. */
public final class StoredObjects implements ObjectSource {

  /** The number of rows that one statement reads. */
  private static final int BATCH = 1000;

  private final ModelRegistry registry;
  private final Transaction transaction;

  public StoredObjects(ModelRegistry registry, Transaction transaction) {
    this.registry = registry;
    this.transaction = transaction;
  }

  /** Finds the objects among these that exist. */
  public Map<ObjectKey, ObjectOutline> existing(Collection<ObjectKey> keys)
      throws RunFailedException, SQLException, IOException {
    Map<ObjectKey, ObjectOutline> existing = new HashMap<>();
    find(
        new SearchTerms(KeySet.of(keys), new KeySet()),
        object -> existing.put(object.key(), object));
    return existing;
  }

  @Override
  public void find(SearchTerms terms, Visitor visitor)
      throws RunFailedException, SQLException, IOException {
    for (Model model : registry.models()) {
      if (terms.mayMatch(model)) {
        List<Long> keys = List.copyOf(keys(model, terms));
        for (int from = 0; from < keys.size(); from += BATCH) {
          read(model, keys.subList(from, Math.min(from + BATCH, keys.size())), visitor);
        }
      }
    }
  }

  private Set<Long> keys(Model model, SearchTerms terms) throws SQLException {
    Set<Long> keys = new LinkedHashSet<>(terms.keys().of(model));
    model.parent().map(terms.owners()::of).ifPresent(keys::addAll);
    for (Field field : model.fields()) {
      if (terms.isOwnedBySome(field)) {
        keys.addAll(keysOfReferrers(model, field, terms.owners().of(field.target())));
      }
    }
    return keys;
  }

  /** No more than can be selected, and one to show that there are too many. */
  private List<Long> keysOfReferrers(Model model, Field field, Set<Long> targets)
      throws SQLException {
    return transaction.query(
        row -> row.getLong(1),
        SqlTemplate.with("key", model.key().sql())
            .and("table", model.sql())
            .and("reference", field.column().sql())
            .and("targets", targets.stream().map(String::valueOf).collect(joining(", ")))
            .and("limit", String.valueOf(RequestedObjects.MAX_LIMIT + 1))
            .fill(
                "SELECT {key} FROM {table} WHERE {reference} IN ({targets}) ORDER BY 1 LIMIT {limit}"));
  }

  private void read(Model model, List<Long> keys, Visitor visitor)
      throws RunFailedException, SQLException, IOException {
    List<ObjectOutline> found = new ArrayList<>();
    List<Field> fields = ObjectOutline.fields(model);
    try (var rows = new CopyReader(transaction.connection(), query(model, fields, keys))) {
      while (rows.next()) {
        found.add(outline(model, fields, rows.row()));
      }
    }
    for (ObjectOutline object : found) {
      visitor.visit(object);
    }
  }

  private static String query(Model model, List<Field> fields, List<Long> keys) {
    String key = "t." + model.key().sql();
    List<String> columns = new ArrayList<>(List.of(key));
    fields.forEach(field -> columns.add("t." + field.column().sql()));
    for (ListField list : model.lists()) {
      columns.add(
          SqlTemplate.with("list", list.sql())
              .and("source", list.source().sql())
              .and("target", list.target().sql())
              .and("key", key)
              .fill("ARRAY(SELECT l.{target} FROM {list} l WHERE l.{source} = {key} ORDER BY 1)"));
    }
    return "SELECT "
        + String.join(", ", columns)
        + " FROM "
        + model.sql()
        + " t"
        + new KeyFilter(keys).condition(model)
        + " ORDER BY 1";
  }

  private static ObjectOutline outline(Model model, List<Field> fields, CopyRow row)
      throws RunFailedException {
    long key = (Long) row.value(model.key().type());
    List<Object> values = new ArrayList<>();
    for (Field field : model.fields()) {
      try {
        values.add(fields.contains(field) ? row.value(field.column().type()) : null);
      } catch (BadValueException e) {
        throw new RunFailedException(
            List.of(new ObjectKey(model, key).error(field.name(), e.getMessage())));
      }
    }
    List<List<Object>> lists =
        model.lists().stream().map(list -> row.values(list.target().type())).toList();
    return ObjectOutline.of(model, key, values, lists);
  }
}
