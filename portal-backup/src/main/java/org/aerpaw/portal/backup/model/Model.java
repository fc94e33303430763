package org.aerpaw.portal.backup.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.model.column.IntegerColumn;
import org.aerpaw.portal.backup.postgres.Identifiers;

/**
 * A model with its table, created by {@link ModelRegistry}.
 *
 * <p>The table of a model that extends another contains only its own fields; its key is its
 * parent's.
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

  /** Completes the model after all models exist, since they can refer to each other in cycles. */
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

  /** The name of the table in the database. */
  public String table() {
    return table;
  }

  /** The name of the table for SQL statements. */
  public String sql() {
    return Identifiers.quoted(table);
  }

  /** The table and the join tables of the lists, for SQL statements. */
  public List<String> tables() {
    return Stream.concat(Stream.of(sql()), lists.stream().map(ListField::sql)).toList();
  }

  public Column key() {
    return key;
  }

  /** The model that this one extends; each object needs one of the parent with the same key. */
  public Optional<Model> parent() {
    return Optional.ofNullable(parent);
  }

  /** The name of the field that links an object to its parent in fixtures without primary keys. */
  public Optional<String> parentLink() {
    return parent().map(extended -> key.name().replaceFirst("_id$", ""));
  }

  /** The fields in the order of fixtures, without the key and the lists. */
  public List<Field> fields() {
    return fields;
  }

  /** The lists in the order of fixtures, where they follow the other fields. */
  public List<ListField> lists() {
    return lists;
  }

  /** The sets of fields that are unique together. */
  public List<List<Field>> uniques() {
    return uniques;
  }

  /** The columns of the natural key; empty if only the key is unique. */
  public List<ColumnPath> naturalKey() {
    return naturalKey;
  }

  /** Converts a {@code pk} in a fixture, a number or a string, to a primary key. */
  public Object convertKey(Object json) {
    return ((IntegerColumn) key.type()).convertKey(json);
  }

  @Override
  public String toString() {
    return label;
  }
}
