package org.aerpaw.portal.backup.rows;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.fixture.json.DjangoJsonGenerator;
import org.aerpaw.portal.backup.fixture.json.RepeatedJson;
import org.aerpaw.portal.backup.model.ColumnPath;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.column.JsonValueWriter;
import org.aerpaw.portal.backup.postgres.copy.CopyRow;

/**
 * Writes the columns that a field has in a row of a COPY as JSON. A value is one column; a
 * reference is one column for its key, followed by one for each part of its natural key if that is
 * written; a list is the same, with an array in each column.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, "Binary Format"</a>
 */
final class FieldWriter {

  private final String name;
  private final RepeatedJson key;
  private final boolean isList;
  private final JsonValueWriter[] columns;

  /** Where the next value of each column starts. */
  private final int[] at;

  private long count;

  private FieldWriter(
      String name, boolean isList, JsonValueWriter column, List<JsonValueWriter> naturalKey) {
    this.name = name;
    this.key = RepeatedJson.key(name);
    this.isList = isList;
    this.columns =
        Stream.concat(Stream.of(column), naturalKey.stream()).toArray(JsonValueWriter[]::new);
    this.at = new int[columns.length];
  }

  static FieldWriter of(Model model, Field field, NaturalKeyOptions keys, Masking masking) {
    return new FieldWriter(
        field.name(),
        false,
        masking.writer(model, field.column()),
        naturalKey(field.target(), keys, masking));
  }

  static FieldWriter of(ListField list, NaturalKeyOptions keys, Masking masking) {
    return new FieldWriter(
        list.name(), true, list.target().type(), naturalKey(list.model(), keys, masking));
  }

  private static List<JsonValueWriter> naturalKey(
      Model target, NaturalKeyOptions keys, Masking masking) {
    return keys.parts(target).stream()
        .map((ColumnPath part) -> masking.writer(part.owner(target), part.column()))
        .toList();
  }

  String name() {
    return name;
  }

  /** The number of values that were written and are not null, or of items of lists. */
  long count() {
    return count;
  }

  /** Writes the name and the value, and moves to the column after them. */
  void write(ByteBuffer row, DjangoJsonGenerator json) {
    json.write(key);
    if (isList) {
      writeList(row, json);
    } else if (columns.length == 1) {
      count += write(columns[0], row, json) ? 1 : 0;
    } else {
      for (int i = 0; i < columns.length; i++) {
        at[i] = row.position();
        CopyRow.skip(row);
      }
      int end = row.position();
      writeReference(row, json);
      row.position(end);
    }
  }

  private void writeList(ByteBuffer row, DjangoJsonGenerator json) {
    int size = 0;
    for (int i = 0; i < columns.length; i++) {
      int array = row.position();
      CopyRow.skip(row);
      int end = row.position();
      row.position(array);
      size = CopyRow.enterArray(row);
      at[i] = row.position();
      row.position(end);
    }
    int end = row.position();
    json.writeStartArray();
    for (int i = 0; i < size; i++) {
      writeReference(row, json);
    }
    json.writeEnd();
    row.position(end);
  }

  /**
   * Writes the next reference. One that dangles, or refers to an object with an incomplete natural
   * key, is written as a key.
   */
  private void writeReference(ByteBuffer row, DjangoJsonGenerator json) {
    boolean natural = hasNaturalKey(row);
    if (natural) {
      json.writeStartArray();
    }
    for (int i = 0; i < columns.length; i++) {
      row.position(at[i]);
      if (i == 0) {
        count += row.getInt(at[i]) == CopyRow.NULL ? 0 : 1;
      }
      if (natural == i > 0) {
        write(columns[i], row, json);
      } else {
        CopyRow.skip(row);
      }
      at[i] = row.position();
    }
    if (natural) {
      json.writeEnd();
    }
  }

  private boolean hasNaturalKey(ByteBuffer row) {
    for (int i = 1; i < columns.length; i++) {
      if (row.getInt(at[i]) == CopyRow.NULL) {
        return false;
      }
    }
    return columns.length > 1;
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
