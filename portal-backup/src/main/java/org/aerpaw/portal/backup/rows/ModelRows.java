package org.aerpaw.portal.backup.rows;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.fixture.FixtureField;
import org.aerpaw.portal.backup.fixture.FixtureObject;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.model.ColumnPath;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.Joins;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.SortKey;
import org.aerpaw.portal.backup.postgres.CopyReader;

/**
 * Streams the rows of a model as fixture objects, sorted by key. One statement does it all: the
 * server sorts each list, adds it to its owner's row and joins the parts of natural keys.
 */
public final class ModelRows implements AutoCloseable {

  private final Model model;
  private final NaturalKeyOptions keys;
  private final String parentLink;
  private final CopyReader rows;

  public ModelRows(Connection connection, Model model, KeyFilter chosen, NaturalKeyOptions keys)
      throws SQLException {
    this.model = model;
    this.keys = keys;
    this.parentLink = keys.parentLink(model).orElse(null);
    this.rows = new CopyReader(connection, query(model, chosen, keys, ListField::ordering));
  }

  /**
   * Returns the next object; null after the last.
   *
   * @throws UnwritableRowException if a value cannot be written to a fixture; the next call returns
   *     the object after it
   */
  public FixtureObject next() throws SQLException, UnwritableRowException {
    if (!rows.next()) {
      return null;
    }
    Object key = null;
    String field = "pk";
    try {
      key = rows.value(model.key().type());
      List<FixtureField> fields = new ArrayList<>(1 + model.fields().size() + model.lists().size());
      if (parentLink != null) {
        fields.add(new FixtureField(parentLink, key));
      }
      for (Field next : model.fields()) {
        field = next.name();
        fields.add(new FixtureField(field, value(next)));
      }
      for (ListField next : model.lists()) {
        field = next.name();
        fields.add(new FixtureField(field, values(next)));
      }
      return new FixtureObject(model.label(), keys.omitsKeyOf(model) ? null : key, fields);
    } catch (BadValueException e) {
      rows.skipRest();
      throw new UnwritableRowException(model, key, field, e);
    }
  }

  private Object value(Field field) {
    Object value = rows.value(field.column().type());
    List<ColumnPath> parts = keys.parts(field.target());
    if (parts.isEmpty()) {
      return value;
    }
    List<Object> naturalKey = new ArrayList<>(parts.size());
    parts.forEach(part -> naturalKey.add(rows.value(part.column().type())));
    return unlessIncomplete(naturalKey, value);
  }

  private List<Object> values(ListField list) {
    List<Object> targets = rows.values(list.target().type());
    List<ColumnPath> parts = keys.parts(list.model());
    if (parts.isEmpty()) {
      return targets;
    }
    List<List<Object>> columns = new ArrayList<>(parts.size());
    parts.forEach(part -> columns.add(rows.values(part.column().type())));
    List<Object> items = new ArrayList<>(targets.size());
    for (int i = 0; i < targets.size(); i++) {
      List<Object> naturalKey = new ArrayList<>(parts.size());
      for (List<Object> column : columns) {
        naturalKey.add(column.get(i));
      }
      items.add(unlessIncomplete(naturalKey, targets.get(i)));
    }
    return items;
  }

  /**
   * A dangling reference, or one to an object with an incomplete natural key, is written as a key.
   */
  private static Object unlessIncomplete(List<Object> naturalKey, Object key) {
    return naturalKey.contains(null) ? key : naturalKey;
  }

  @Override
  public void close() throws SQLException {
    rows.close();
  }

  /**
   * @param ordering how the keys of a list are sorted before they are by themselves
   */
  static String query(
      Model model,
      KeyFilter chosen,
      NaturalKeyOptions keys,
      Function<ListField, List<SortKey>> ordering) {
    List<String> columns = new ArrayList<>();
    var references = new Joins("t");
    columns.add("t." + model.key().sql());
    for (Field field : model.fields()) {
      columns.add("t." + field.column().sql());
      for (ColumnPath part : keys.parts(field.target())) {
        columns.add(references.column(behind(field, part)));
      }
    }
    var lists = new StringBuilder();
    for (int i = 0; i < model.lists().size(); i++) {
      ListField list = model.lists().get(i);
      List<ColumnPath> parts = keys.parts(list.model());
      String alias = "list" + i;
      columns.add(alias + ".keys");
      for (int part = 0; part < parts.size(); part++) {
        columns.add(alias + ".part" + part);
      }
      lists
          .append(" LEFT JOIN (")
          .append(listQuery(list, ordering.apply(list), parts))
          .append(") ")
          .append(alias);
      lists.append(" ON ").append(alias).append(".source = t.").append(model.key().sql());
    }
    return "SELECT "
        + String.join(", ", columns)
        + " FROM "
        + model.sql()
        + " t"
        + references.sql()
        + lists
        + chosen.condition(model)
        + " ORDER BY t."
        + model.key().sql();
  }

  private static ColumnPath behind(Field reference, ColumnPath path) {
    return new ColumnPath(
        Stream.concat(Stream.of(reference), path.references().stream()).toList(), path.column());
  }

  /**
   * Builds a query of a list's keys and natural keys by owner. The subquery sorts them, since
   * sorting in the aggregate is slow in PostgreSQL, up to 15 even if an index has the order.
   *
   * @see <a href="https://www.postgresql.org/docs/current/functions-aggregate.html">Aggregate
   *     functions, on their order</a>
   */
  private static String listQuery(ListField list, List<SortKey> ordering, List<ColumnPath> parts) {
    String key = "link." + list.target().sql();
    var joins = new Joins("target");
    var order = new StringBuilder("source");
    for (SortKey term : ordering) {
      order.append(", ").append(joins.column(term.path())).append(term.descending() ? " DESC" : "");
    }
    var columns =
        new StringBuilder("link." + list.source().sql() + " AS source, " + key + " AS key");
    var arrays = new StringBuilder("source, array_agg(key) AS keys");
    for (int i = 0; i < parts.size(); i++) {
      columns.append(", ").append(joins.column(parts.get(i))).append(" AS part").append(i);
      arrays.append(", array_agg(part").append(i).append(") AS part").append(i);
    }
    String target =
        ordering.isEmpty() && parts.isEmpty()
            ? ""
            : " LEFT JOIN "
                + list.model().sql()
                + " target ON target."
                + list.model().key().sql()
                + " = "
                + key;
    return "SELECT %s FROM (SELECT %s FROM %s link%s%s ORDER BY %s, key) link GROUP BY source"
        .formatted(arrays, columns, list.sql(), target, joins.sql(), order);
  }
}
