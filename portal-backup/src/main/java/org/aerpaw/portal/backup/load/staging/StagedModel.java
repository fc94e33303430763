package org.aerpaw.portal.backup.load.staging;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.aerpaw.portal.backup.load.fast.CompareTarget;
import org.aerpaw.portal.backup.load.source.ObjectRef;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.column.TextColumn;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.postgres.copy.CopyRowEncoder;
import org.aerpaw.portal.backup.postgres.copy.CopyWriter;
import org.aerpaw.portal.backup.rows.conversion.ConvertedObject;
import org.aerpaw.portal.backup.rows.conversion.NaturalKeyReference;

/**
 * Copies the objects of one model into temporary tables that are dropped at the end of the
 * transaction:
 *
 * <ul>
 *   <li>{@link #rows()}: {@code origin}, {@code key} (null until assigned), {@code field_0 ...} the
 *       fields, {@code has_list_0 ...} whether the object contains the list;
 *   <li>{@link #items}: {@code origin}, {@code target}, for each list;
 *   <li>{@link #references()}: {@code origin}, {@code field} (its index), {@code parts} of the
 *       target's natural key.
 * </ul>
 *
 * The {@code origin} is the number of the object's {@link ObjectRef}.
 */
public final class StagedModel {

  private static final int FLUSH_THRESHOLD = 1 << 18;

  /** The size of a buffer at which a comparison is interrupted to empty it. */
  private static final int COMPARISON_THRESHOLD = 1 << 20;

  private final Model model;
  private final int number;
  private final Transaction transaction;
  private final CopyWriter copies;
  private final CopyRowEncoder rows = new CopyRowEncoder();
  private final List<CopyRowEncoder> items;
  private final CopyRowEncoder references = new CopyRowEncoder();
  private final CopyRowEncoder extraneous = new CopyRowEncoder();
  private final Set<Integer> naturalKeyFields = new TreeSet<>();
  private long comparedUpToKey = Long.MIN_VALUE;

  private long equalDuplicates;
  private boolean created;
  private boolean lacksKeys;
  private boolean referencesCreated;

  /**
   * @param number distinguishes the tables of this model from those of others
   */
  StagedModel(Model model, int number, Transaction transaction, CopyWriter copies) {
    this.model = model;
    this.number = number;
    this.transaction = transaction;
    this.copies = copies;
    this.items = model.lists().stream().map(list -> new CopyRowEncoder()).toList();
  }

  public Model model() {
    return model;
  }

  /** The table of the objects. The first flush creates this table and the others. */
  String rows() {
    return "load_" + number;
  }

  /** The table of a list's items. */
  String items(int list) {
    return rows() + "_list_" + list;
  }

  /** The table of references by natural key; exists only if the objects contain such references. */
  String references() {
    return rows() + "_references";
  }

  /** The indexes of the fields with references by natural key; lists follow all other fields. */
  Set<Integer> naturalKeyFields() {
    return naturalKeyFields;
  }

  /** The table of planned actions for the objects. */
  String plan() {
    return rows() + "_plan";
  }

  /** The table of planned actions for the items of a list. */
  String listPlan(int list) {
    return rows() + "_list_plan_" + list;
  }

  /** The table of the keys of {@link ExtraneousRows}. */
  String extraneous() {
    return rows() + "_extraneous";
  }

  /** A field's column in {@link #rows()}. */
  String column(Field field) {
    return "field_" + model.fields().indexOf(field);
  }

  /** The column in {@link #rows()} that tells whether the object contains a list. */
  String hasList(int list) {
    return "has_list_" + list;
  }

  /** Buffers an object, and copies the buffers into the tables if they are full. */
  void add(long origin, ConvertedObject object) throws SQLException {
    buffer(origin, object);
    if (isFull(FLUSH_THRESHOLD)) {
      flush(FLUSH_THRESHOLD);
    }
  }

  /** Whether objects were added without a key. */
  boolean lacksKeys() {
    return lacksKeys;
  }

  /** Buffers an object until {@link #flushAll}; executes no statement. */
  public void buffer(long origin, ConvertedObject object) {
    rows.startRow(2 + model.fields().size() + model.lists().size());
    rows.putBigint(origin);
    rows.put(model.key().type(), object.key());
    lacksKeys |= object.key() == null;
    for (int i = 0; i < model.fields().size(); i++) {
      rows.put(model.fields().get(i).column().type(), object.values().get(i));
    }
    for (int i = 0; i < model.lists().size(); i++) {
      List<Object> targets = object.lists().get(i);
      rows.putBoolean(targets != null);
      if (targets != null) {
        bufferItems(origin, i, targets);
      }
    }
    for (NaturalKeyReference reference : object.naturalKeys()) {
      bufferReference(origin, reference);
    }
  }

  /**
   * The key up to which {@link CompareTarget} compared the rows; {@link Long#MIN_VALUE} if it did
   * not. Up to this key, only objects that differ from their rows are staged, and {@link
   * #addExtraneous} has recorded the rows without an object.
   */
  long comparedUpToKey() {
    return comparedUpToKey;
  }

  public void setComparedUpToKey(long key) {
    comparedUpToKey = key;
  }

  /** Whether objects that equal their rows are not staged. */
  boolean omitsEqualObjects() {
    return comparedUpToKey > Long.MIN_VALUE;
  }

  /** Records the key of a row that has no object. */
  public void addExtraneous(long key) {
    extraneous.startRow(1);
    extraneous.put(model.key().type(), key);
  }

  /** Copies the recorded keys into the table {@link #extraneous()}, which must exist. */
  void copyExtraneous() throws SQLException {
    copies.write(extraneous(), extraneous);
    copies.end();
  }

  /** Removes objects with the key and the content of an earlier object. */
  void removeEqualDuplicates() throws SQLException {
    equalDuplicates += EqualDuplicates.remove(this, transaction);
  }

  /** The number of objects that {@link #removeEqualDuplicates} has removed. */
  public long equalDuplicates() {
    return equalDuplicates;
  }

  /** Whether a comparison should be interrupted for {@link #flushAll}. */
  public boolean isFullForComparison() {
    return isFull(COMPARISON_THRESHOLD);
  }

  /** Whether a comparison must end: the keys of further rows without an object would not fit. */
  public boolean hasTooManyExtraneous() {
    return extraneous.size() >= COMPARISON_THRESHOLD;
  }

  private boolean isFull(int threshold) {
    return rows.size() >= threshold
        || references.size() >= threshold
        || items.stream().anyMatch(list -> list.size() >= threshold);
  }

  /** Copies all buffered objects into the tables, and waits until that is done. */
  public void flushAll() throws SQLException {
    flush(1);
    copies.end();
  }

  /** Copies all buffers into the tables and updates the statistics of the query planner. */
  void finish() throws SQLException {
    flush(0);
    copies.end();
    transaction.update("ANALYZE " + rows());
    for (int i = 0; i < items.size(); i++) {
      transaction.update("ANALYZE " + items(i));
    }
    if (referencesCreated) {
      transaction.update("ANALYZE " + references());
    }
  }

  private void flush(int minimum) throws SQLException {
    if (!created) {
      copies.end();
      createTables();
      created = true;
    }
    if (!referencesCreated && !naturalKeyFields.isEmpty()) {
      copies.end();
      transaction.update(
          "CREATE TEMPORARY TABLE "
              + references()
              + " (origin bigint, field bigint, parts text[]) ON COMMIT DROP");
      referencesCreated = true;
    }
    flush(rows(), rows, minimum);
    for (int i = 0; i < items.size(); i++) {
      flush(items(i), items.get(i), minimum);
    }
    flush(references(), references, minimum);
  }

  private void flush(String table, CopyRowEncoder buffer, int minimum) throws SQLException {
    if (buffer.size() >= minimum) {
      copies.write(table, buffer);
    }
  }

  private void createTables() throws SQLException {
    List<String> columns = new ArrayList<>();
    columns.add("0::bigint AS origin");
    columns.add(model.key().sql() + " AS key");
    for (Field field : model.fields()) {
      columns.add(field.column().sql() + " AS " + column(field));
    }
    IntStream.range(0, model.lists().size())
        .forEach(list -> columns.add("true AS " + hasList(list)));
    create(rows(), "SELECT " + String.join(", ", columns) + " FROM " + model.sql());
    for (int i = 0; i < model.lists().size(); i++) {
      ListField list = model.lists().get(i);
      create(
          items(i),
          "SELECT 0::bigint AS origin, " + list.target().sql() + " AS target FROM " + list.sql());
    }
  }

  /** Creates a table whose columns have the types of the query's columns. */
  private void create(String table, String query) throws SQLException {
    transaction.update(
        "CREATE TEMPORARY TABLE " + table + " ON COMMIT DROP AS " + query + " WITH NO DATA");
  }

  private void bufferItems(long origin, int list, List<Object> targets) {
    CopyRowEncoder buffer = items.get(list);
    for (Object target : targets) {
      buffer.startRow(2);
      buffer.putBigint(origin);
      buffer.put(model.lists().get(list).target().type(), target);
    }
  }

  private void bufferReference(long origin, NaturalKeyReference reference) {
    naturalKeyFields.add(reference.place());
    references.startRow(3);
    references.putBigint(origin);
    references.putBigint(reference.place());
    references.putArray(TextColumn.OID, TextColumn.UNLIMITED, reference.parts());
  }
}
