package org.aerpaw.portal.backup.rows;

import static java.util.stream.Collectors.toMap;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.FixtureException;
import org.aerpaw.portal.backup.fixture.json.DjangoJsonGenerator;
import org.aerpaw.portal.backup.fixture.json.SelfWritingValue;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.model.ColumnPath;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.Joins;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.SortKey;
import org.aerpaw.portal.backup.postgres.copy.CopyReader;

/**
 * Streams the rows of a model, sorted by key, and writes them as fixture objects: from the bytes of
 * a COPY to those of JSON, without Java objects for the values. One statement does it all: the
 * server sorts each list, adds it to its owner's row and joins the parts of natural keys.
 */
public final class ModelRows implements SelfWritingValue, AutoCloseable {

  private static final byte[] MODEL = DjangoJsonGenerator.encodedKey("model");
  private static final byte[] PK = DjangoJsonGenerator.encodedKey("pk");
  private static final byte[] FIELDS = DjangoJsonGenerator.encodedKey("fields");

  private final Model model;
  private final NaturalKeyOptions keys;
  private final String parentLink;
  private final List<FieldWriter> fields;
  private final RowConverter converter;
  private final CopyReader rows;

  /** Where the first column of the current row starts. */
  private int start;

  public ModelRows(
      Connection connection, Model model, KeyFilter chosen, NaturalKeyOptions keys, Masking masking)
      throws SQLException {
    this.model = model;
    this.keys = keys;
    this.parentLink = keys.parentLink(model).orElse(null);
    this.fields =
        Stream.concat(
                model.fields().stream().map(field -> FieldWriter.of(model, field, keys, masking)),
                model.lists().stream().map(list -> FieldWriter.of(list, keys, masking)))
            .toList();
    this.converter = new RowConverter(model, keys);
    this.rows = new CopyReader(connection, query(model, chosen, keys, masking::ordering));
  }

  /** Moves to the next row; false after the last. */
  public boolean next() throws SQLException {
    rows.skipRest();
    boolean exists = rows.next();
    start = rows.row().position();
    return exists;
  }

  /** The primary key of the current row. */
  public long key() {
    ByteBuffer row = rows.row();
    int position = row.position();
    row.position(start);
    Object key = rows.value(model.key().type());
    row.position(position);
    return (Long) key;
  }

  /**
   * Converts the current row, whether it was written or not.
   *
   * @throws FixtureException if a value cannot be written to a fixture
   */
  public ConvertedObject convert() {
    rows.row().position(start);
    return converter.convert(rows);
  }

  /**
   * Writes the current row; may be called once for each row.
   *
   * @throws FixtureException if a value cannot be written to a fixture
   */
  @Override
  public void writeTo(DjangoJsonGenerator json) {
    ByteBuffer row = rows.row();
    int key = row.position();
    String field = "pk";
    try {
      json.writeStartObject();
      json.writeKey(MODEL);
      json.write(model.label());
      if (keys.omitsKeyOf(model)) {
        rows.skip();
      } else {
        json.writeKey(PK);
        FieldWriter.write(model.key().type(), row, json);
      }
      json.writeKey(FIELDS);
      json.writeStartObject();
      if (parentLink != null) {
        field = parentLink;
        json.writeKey(field);
        FieldWriter.write(model.key().type(), row.duplicate().position(key), json);
      }
      for (FieldWriter next : fields) {
        field = next.name();
        next.write(row, json);
      }
      json.writeEnd();
      json.writeEnd();
    } catch (BadValueException e) {
      row.position(key);
      throw new FixtureException(
          new FixtureError(
              null,
              null,
              null,
              model.label(),
              rows.value(model.key().type()).toString(),
              field,
              e.getMessage()),
          e);
    }
  }

  /**
   * The number of values that were written for each field and are not null, and of items for each
   * list.
   */
  public Map<String, Long> counts() {
    return fields.stream().collect(toMap(FieldWriter::name, FieldWriter::count));
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
