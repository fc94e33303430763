package org.aerpaw.portal.backup.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.model.column.IntegerColumn;
import org.aerpaw.portal.backup.postgres.Identifiers;

/**
 * What a fixture calls a model, and the table that keeps it. Made by {@link ModelRegistry} only.
 *
 * <p>A model that extends another keeps only its own columns; its key is its parent's.
 */
public final class Model {

  private final String app;
  private final String label;
  private final String table;
  private final Column key;
  private Model parent;
  private List<Field> fields = List.of();
  private List<ListField> lists = List.of();
  private List<List<Field>> uniques = List.of();
  private List<ColumnPath> naturalKey = List.of();

  Model(String app, String label, String table, Column key) {
    this.app = app;
    this.label = label;
    this.table = table;
    this.key = key;
  }

  /** The second half of making a model: models refer to each other, even in circles. */
  void complete(
      Model parent,
      List<Field> fields,
      List<ListField> lists,
      List<List<Field>> uniques,
      List<ColumnPath> naturalKey) {
    this.parent = parent;
    this.fields = List.copyOf(fields);
    this.lists = List.copyOf(lists);
    this.uniques = List.copyOf(uniques);
    this.naturalKey = List.copyOf(naturalKey);
  }

  /** Such as {@code users}. */
  public String app() {
    return app;
  }

  /** Such as {@code users.aerpawuser}. */
  public String label() {
    return label;
  }

  /** The table's name as the database has it. */
  public String table() {
    return table;
  }

  /** The table's name as it stands in a statement. */
  public String sql() {
    return Identifiers.quoted(table);
  }

  /** Its table and those of its lists, as they stand in a statement. */
  public List<String> tables() {
    return Stream.concat(Stream.of(sql()), lists.stream().map(ListField::sql)).toList();
  }

  public Column key() {
    return key;
  }

  /** The model that this one extends, whose object with the same key must be there. */
  public Optional<Model> parent() {
    return Optional.ofNullable(parent);
  }

  /**
   * What Django calls the key as a reference to the parent, as fixtures with natural keys instead
   * of keys show it among the fields; absent without a parent.
   */
  public Optional<String> parentLink() {
    return parent().map(extended -> key.name().replaceFirst("_id$", ""));
  }

  /** In the order of fixtures, without the key and the lists. */
  public List<Field> fields() {
    return fields;
  }

  /** In the order of fixtures, which is after all other fields. */
  public List<ListField> lists() {
    return lists;
  }

  /** The fields that are unique together, beside the key. */
  public List<List<Field>> uniques() {
    return uniques;
  }

  /** What an object is known by beside its key; empty if nothing else is unique. */
  public List<ColumnPath> naturalKey() {
    return naturalKey;
  }

  /** The key that a fixture's {@code pk} stands for; it may stand as text. */
  public Object convertKey(Object json) {
    return ((IntegerColumn) key.type()).convertKey(json);
  }

  @Override
  public String toString() {
    return label;
  }
}
