package org.aerpaw.portal.backup.rows;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.FixtureException;
import org.aerpaw.portal.backup.fixture.json.DjangoJsonGenerator;
import org.aerpaw.portal.backup.fixture.json.RepeatedJson;
import org.aerpaw.portal.backup.fixture.json.SelfWritingValue;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.rows.conversion.ConvertedObject;

/**
 * Streams the rows of a model, sorted by key, and writes them as fixture objects: from the bytes of
 * a COPY to those of JSON, without Java objects for the values.
 */
public final class ModelRows implements SelfWritingValue, AutoCloseable {

  private final Model model;
  private final boolean omitsKey;
  private final RepeatedJson beforeKey;
  private final RepeatedJson beforeFields;
  private final RepeatedJson end = RepeatedJson.of(ModelRows::writeEnd);
  private final String parentLink;
  private final List<FieldWriter> fields;
  private final List<ListWriter> lists;
  private final RowConverter converter;
  private final RowStream rows;

  /** Where the first column of the current row starts. */
  private int start;

  /**
   * @param orders those of the snapshot
   */
  public ModelRows(
      Connection connection,
      Model model,
      KeyFilter chosen,
      NaturalKeyOptions keys,
      Masking masking,
      TargetOrders orders)
      throws SQLException {
    this.model = model;
    this.omitsKey = keys.omitsKeyOf(model);
    this.parentLink = keys.parentLink(model).orElse(null);
    this.beforeKey = RepeatedJson.of(this::writeBeforeKey);
    this.beforeFields = RepeatedJson.of(this::writeBeforeFields);
    this.fields =
        model.fields().stream().map(field -> FieldWriter.of(model, field, keys, masking)).toList();
    this.lists = model.lists().stream().map(list -> ListWriter.of(list, keys, masking)).toList();
    this.converter = new RowConverter(model, keys);
    this.rows =
        new RowStream(
            connection, model, chosen, keys, masking::ordering, orders, RowStream.Limits.DEFAULT);
  }

  /** Moves to the next row; false after the last. */
  public boolean next() throws SQLException {
    boolean exists = rows.next();
    start = rows.row().columns().position();
    return exists;
  }

  /** The primary key of the current row. */
  public long key() {
    ByteBuffer row = rows.row().columns();
    int position = row.position();
    row.position(start);
    Object key = rows.row().value(model.key().type());
    row.position(position);
    return (Long) key;
  }

  /**
   * Converts the current row, whether it was written or not.
   *
   * @throws FixtureException if a value cannot be written to a fixture
   */
  public ConvertedObject convert() {
    rows.row().columns().position(start);
    return converter.convert(rows.row(), rows.lists());
  }

  /**
   * Writes the current row; must be called at most once per row.
   *
   * @throws FixtureException if a value cannot be written to a fixture
   */
  @Override
  public void writeTo(DjangoJsonGenerator json) {
    ByteBuffer row = rows.row().columns();
    int key = row.position();
    String field = "pk";
    try {
      json.write(beforeKey);
      if (omitsKey) {
        rows.row().skip();
      } else {
        FieldWriter.write(model.key().type(), row, json);
      }
      json.write(beforeFields);
      if (parentLink != null) {
        field = parentLink;
        FieldWriter.write(model.key().type(), row.duplicate().position(key), json);
      }
      for (FieldWriter next : fields) {
        field = next.name();
        next.write(row, json);
      }
      for (int i = 0; i < lists.size(); i++) {
        field = lists.get(i).name();
        lists.get(i).write(rows.lists().get(i), json);
      }
      json.write(end);
    } catch (BadValueException e) {
      row.position(key);
      throw new FixtureException(
          new FixtureError(
              null,
              null,
              null,
              model.label(),
              rows.row().value(model.key().type()).toString(),
              field,
              e.getMessage()),
          e);
    }
  }

  private void writeBeforeKey(DjangoJsonGenerator json) {
    json.writeStartObject();
    json.write("model", model.label());
    if (!omitsKey) {
      json.writeKey("pk");
    }
  }

  private void writeBeforeFields(DjangoJsonGenerator json) {
    json.writeStartObject("fields");
    if (parentLink != null) {
      json.writeKey(parentLink);
    }
  }

  private static void writeEnd(DjangoJsonGenerator json) {
    json.writeEnd();
    json.writeEnd();
  }

  /**
   * The number of values that were written for each field and are not null, and of items for each
   * list.
   */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new HashMap<>();
    fields.forEach(field -> counts.put(field.name(), field.count()));
    lists.forEach(list -> counts.put(list.name(), list.count()));
    return counts;
  }

  @Override
  public void close() throws SQLException {
    rows.close();
  }
}
