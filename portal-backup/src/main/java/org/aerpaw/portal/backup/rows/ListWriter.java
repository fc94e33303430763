package org.aerpaw.portal.backup.rows;

import org.aerpaw.portal.backup.fixture.json.DjangoJsonGenerator;
import org.aerpaw.portal.backup.fixture.json.RepeatedJson;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.column.JsonValueWriter;
import org.aerpaw.portal.backup.postgres.copy.CopyRow;

/** Writes the items of a list as a JSON array of keys or natural keys. */
final class ListWriter {

  private final String name;
  private final RepeatedJson key;
  private final JsonValueWriter[] naturalKey;
  private long count;

  private ListWriter(String name, JsonValueWriter[] naturalKey) {
    this.name = name;
    this.key = RepeatedJson.key(name);
    this.naturalKey = naturalKey;
  }

  static ListWriter of(ListField list, NaturalKeyOptions keys, Masking masking) {
    return new ListWriter(list.name(), FieldWriter.naturalKey(list.model(), keys, masking));
  }

  String name() {
    return name;
  }

  /** The number of items that were written. */
  long count() {
    return count;
  }

  /** Writes the name and the items. */
  void write(ListItems items, DjangoJsonGenerator json) {
    json.write(key);
    json.writeStartArray();
    for (int item = 0; item < items.size(); item++) {
      if (hasNaturalKey(items, item)) {
        writeNaturalKey(items, item, json);
      } else {
        json.write(items.key(item));
      }
    }
    json.writeEnd();
    count += items.size();
  }

  private boolean hasNaturalKey(ListItems items, int item) {
    for (int i = 0; i < naturalKey.length; i++) {
      if (items.part(i, item).getInt() == CopyRow.NULL) {
        return false;
      }
    }
    return naturalKey.length > 0;
  }

  private void writeNaturalKey(ListItems items, int item, DjangoJsonGenerator json) {
    json.writeStartArray();
    for (int i = 0; i < naturalKey.length; i++) {
      FieldWriter.write(naturalKey[i], items.part(i, item), json);
    }
    json.writeEnd();
  }
}
