package org.aerpaw.portal.backup.rows;

import java.nio.ByteBuffer;
import org.aerpaw.portal.backup.fixture.json.DjangoJsonGenerator;
import org.aerpaw.portal.backup.fixture.json.RepeatedJson;
import org.aerpaw.portal.backup.model.ColumnPath;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.column.JsonValueWriter;
import org.aerpaw.portal.backup.postgres.copy.CopyRow;

/**
 * Writes the columns that a field has in a row of a COPY as JSON. A value is one column; a
 * reference is one column for its key, followed by one for each part of its natural key if that is
 * written.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, "Binary Format"</a>
 */
final class FieldWriter {

  private final String name;
  private final RepeatedJson key;
  private final JsonValueWriter column;
  private final JsonValueWriter[] naturalKey;
  private long count;

  private FieldWriter(String name, JsonValueWriter column, JsonValueWriter[] naturalKey) {
    this.name = name;
    this.key = RepeatedJson.key(name);
    this.column = column;
    this.naturalKey = naturalKey;
  }

  static FieldWriter of(Model model, Field field, NaturalKeyOptions keys, Masking masking) {
    return new FieldWriter(
        field.name(),
        masking.writer(model, field.column()),
        naturalKey(field.target(), keys, masking));
  }

  /** Writers of the parts of a natural key; none if it is not written. */
  static JsonValueWriter[] naturalKey(Model target, NaturalKeyOptions keys, Masking masking) {
    return keys.parts(target).stream()
        .map((ColumnPath part) -> masking.writer(part.owner(target), part.column()))
        .toArray(JsonValueWriter[]::new);
  }

  String name() {
    return name;
  }

  /** The number of values that were written and are not null. */
  long count() {
    return count;
  }

  /** Writes the name and the value, and moves to the column after them. */
  void write(ByteBuffer row, DjangoJsonGenerator json) {
    json.write(key);
    if (naturalKey.length == 0) {
      count += write(column, row, json) ? 1 : 0;
    } else {
      writeReference(row, json);
    }
  }

  /**
   * Writes a reference. One that dangles, or refers to an object with an incomplete natural key, is
   * written as a key.
   */
  private void writeReference(ByteBuffer row, DjangoJsonGenerator json) {
    int start = row.position();
    count += row.getInt(start) == CopyRow.NULL ? 0 : 1;
    CopyRow.skip(row);
    int parts = row.position();
    boolean natural = true;
    for (int i = 0; i < naturalKey.length; i++) {
      natural &= row.getInt(row.position()) != CopyRow.NULL;
      CopyRow.skip(row);
    }
    int end = row.position();
    if (natural) {
      row.position(parts);
      json.writeStartArray();
      for (JsonValueWriter part : naturalKey) {
        write(part, row, json);
      }
      json.writeEnd();
    } else {
      row.position(start);
      write(column, row, json);
    }
    row.position(end);
  }

  /** Writes the next value of the row; returns false if it is null. */
  static boolean write(JsonValueWriter type, ByteBuffer row, DjangoJsonGenerator json) {
    int length = row.getInt();
    if (length == CopyRow.NULL) {
      json.writeNull();
      return false;
    }
    type.writeJson(row, length, json);
    return true;
  }
}
