package org.aerpaw.portal.domain;

import java.util.List;

/**
 * One model of the portal, without its key. What the specification says and what an entity says are
 * both put like this, to be compared.
 *
 * @param key the key's column
 * @param parents labels of the models it extends
 * @param fields in fixture order
 * @param lists many-to-many lists that have no model of their own, in fixture order
 * @param unique columns that are unique together
 */
record PortalModel(
    String label,
    String table,
    String key,
    List<String> parents,
    List<Field> fields,
    List<Relation> lists,
    List<List<String>> unique) {

  /** Such as {@code users}. */
  String app() {
    return label.substring(0, label.indexOf('.'));
  }

  /** Such as {@code aerpawuser}. */
  String name() {
    return label.substring(label.indexOf('.') + 1);
  }

  @Override
  public String toString() {
    return label;
  }

  /**
   * A column.
   *
   * @param name in a fixture
   * @param type as PostgreSQL's catalog words it
   * @param choices what a text may be, null where it may be anything
   * @param initial null, text, a boolean, a double, or {@link #NOW}
   * @param target the label a reference points to, null for other columns
   * @param owned whether the object is deleted with the target of the reference
   * @param creationTime whether this is the time at which the object was created
   */
  record Field(
      String name,
      String column,
      String type,
      boolean nullable,
      boolean unique,
      List<String> choices,
      Object initial,
      String target,
      boolean owned,
      boolean creationTime) {

    static final String NOW = "now";
  }

  /**
   * A table of pairs.
   *
   * @param ordering fields of the target, with {@code __} where they are beyond a reference
   */
  record Relation(
      String name,
      String target,
      String table,
      String sourceColumn,
      String targetColumn,
      List<String> ordering) {}
}
