package org.aerpaw.portal.backup.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.FixtureException;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.model.ColumnPath;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.copy.CopyRow;
import org.aerpaw.portal.backup.rows.conversion.ConvertedObject;
import org.aerpaw.portal.backup.rows.conversion.NaturalKeyReference;
import org.aerpaw.portal.backup.rows.conversion.ObjectConverter;

/**
 * Converts rows of a COPY directly to {@link ConvertedObject}s, with the same result as if they
 * were written as fixture objects and read again by {@link ObjectConverter}.
 */
final class RowConverter {

  private final Model model;
  private final NaturalKeyOptions keys;

  RowConverter(Model model, NaturalKeyOptions keys) {
    this.model = model;
    this.keys = keys;
  }

  /**
   * Converts a row, from its first column on.
   *
   * @param row the key and the fields
   * @param items of each of the model's lists
   * @throws FixtureException if a value cannot be written to a fixture
   */
  ConvertedObject convert(CopyRow row, List<ListItems> items) {
    Object key = row.value(model.key().type());
    String field = null;
    Object[] values = new Object[model.fields().size()];
    List<List<Object>> lists = new ArrayList<>(model.lists().size());
    List<NaturalKeyReference> naturalKeys = new ArrayList<>(0);
    try {
      for (int place = 0; place < values.length; place++) {
        Field next = model.fields().get(place);
        field = next.name();
        values[place] = value(next, place, row, naturalKeys);
      }
      for (int i = 0; i < items.size(); i++) {
        ListField next = model.lists().get(i);
        field = next.name();
        lists.add(items(next, values.length + i, items.get(i), naturalKeys));
      }
      return new ConvertedObject(key, Arrays.asList(values), lists, naturalKeys);
    } catch (BadValueException e) {
      throw new FixtureException(
          new FixtureError(null, null, null, model.label(), key.toString(), field, e.getMessage()),
          e);
    }
  }

  /** The value of the column; null for a natural key, which is added to {@code naturalKeys}. */
  private Object value(Field field, int place, CopyRow row, List<NaturalKeyReference> naturalKeys) {
    Object value = row.value(field.column().type());
    List<ColumnPath> parts = keys.parts(field.target());
    if (parts.isEmpty()) {
      return value;
    }
    List<Object> naturalKey = new ArrayList<>(parts.size());
    parts.forEach(part -> naturalKey.add(row.value(part.column().type())));
    return add(place, naturalKey, naturalKeys) ? null : value;
  }

  /** The keys in a list, without its natural keys, which are added to {@code naturalKeys}. */
  private List<Object> items(
      ListField list, int place, ListItems items, List<NaturalKeyReference> naturalKeys) {
    List<ColumnPath> parts = keys.parts(list.model());
    List<Object> found = new ArrayList<>(items.size());
    for (int item = 0; item < items.size(); item++) {
      List<Object> naturalKey = new ArrayList<>(parts.size());
      for (int part = 0; part < parts.size(); part++) {
        naturalKey.add(CopyRow.value(parts.get(part).column().type(), items.part(part, item)));
      }
      if (parts.isEmpty() || !add(place, naturalKey, naturalKeys)) {
        found.add(items.key(item));
      }
    }
    return found;
  }

  /**
   * Adds a natural key and returns true, unless a part of it is null. It is if the object that is
   * referred to does not exist, or has no value there; a fixture then has the primary key instead.
   */
  private static boolean add(
      int place, List<Object> naturalKey, List<NaturalKeyReference> naturalKeys) {
    boolean complete = !naturalKey.contains(null);
    if (complete) {
      naturalKeys.add(
          new NaturalKeyReference(place, naturalKey.stream().map(Object::toString).toList()));
    }
    return complete;
  }
}
