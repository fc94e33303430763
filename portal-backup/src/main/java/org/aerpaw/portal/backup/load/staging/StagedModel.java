package org.aerpaw.portal.backup.load.staging;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.aerpaw.portal.backup.load.fast.CompareTarget;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.column.TextColumn;
import org.aerpaw.portal.backup.postgres.CopyRowEncoder;
import org.aerpaw.portal.backup.postgres.CopyWriter;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.rows.ConvertedObject;
import org.aerpaw.portal.backup.rows.NaturalKeyReference;

/**
 * The objects of one model in a load, as rows of temporary tables that end with the transaction:
 *
 * <ul>
 *   <li>{@link #rows()}: {@code origin}, {@code key} (null until one is given), {@code f0 ...} the
 *       fields, {@code has0 ...} whether the object has the list;
 *   <li>{@link #items}: {@code origin}, {@code target}, for each list;
 *   <li>{@link #names()}: {@code origin}, {@code place} of the field, {@code parts} that the target
 *       is known by.
 * </ul>
 *
 * Rows are gathered and copied in when they are worth a statement.
 */
public final class StagedModel {

  private static final int FLUSH_THRESHOLD = 1 << 18;

  private final Model model;
  private final int number;
  private final Transaction transaction;
  private final CopyWriter copies;
  private final CopyRowEncoder rows = new CopyRowEncoder();
  private final List<CopyRowEncoder> items;
  private final CopyRowEncoder names = new CopyRowEncoder();
  private final CopyRowEncoder extraneous = new CopyRowEncoder();
  private final Set<Integer> namedPlaces = new TreeSet<>();
  private long comparedTo = Long.MIN_VALUE;

  private boolean created;
  private boolean lacksKeys;
  private boolean namesCreated;

  /**
   * @param number of the model in its load, which makes the tables' names
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

  /** The table of the objects. As the others, it is there when they were first copied. */
  String rows() {
    return "load_" + number;
  }

  /** The table of a list's items. */
  String items(int list) {
    return rows() + "_list" + list;
  }

  /** The table of references by what their targets are known by; there only if there are such. */
  String names() {
    return rows() + "_names";
  }

  /** The places of the fields that have such references; lists come after all other fields. */
  public Set<Integer> namedPlaces() {
    return namedPlaces;
  }

  /** The table of what is planned for the objects. */
  String plan() {
    return rows() + "_plan";
  }

  /** The table of what is planned for the pairs of a list. */
  String links(int list) {
    return rows() + "_links" + list;
  }

  /** The table of the keys of rows that a replacing load deletes; see {@link ExtraneousRows}. */
  String extraneous() {
    return rows() + "_extraneous";
  }

  /** A field's column in {@link #rows()}. */
  String column(Field field) {
    return "f" + model.fields().indexOf(field);
  }

  /** A list's column in {@link #rows()} that says whether the object has it. */
  String has(int list) {
    return "has" + list;
  }

  /** Stages an object. */
  void add(long origin, ConvertedObject object) throws SQLException {
    buffer(origin, object);
    if (isFull()) {
      copy();
    }
  }

  /** Whether there are objects that came without a key. */
  boolean lacksKeys() {
    return lacksKeys;
  }

  /** Keeps an object in memory until {@link #copy}; asks the database nothing. */
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
    for (NaturalKeyReference name : object.names()) {
      bufferName(origin, name);
    }
  }

  /**
   * The key up to which {@link CompareTarget} compared the rows: up to there, {@link #rows()} holds
   * only objects that differ from their rows, and {@link #addExtraneous} has recorded the rows
   * without an object. {@link Long#MIN_VALUE} if all objects are staged.
   */
  long comparedTo() {
    return comparedTo;
  }

  public void setComparedTo(long key) {
    comparedTo = key;
  }

  /** Whether objects that equal their rows are not staged. */
  boolean isPartial() {
    return comparedTo > Long.MIN_VALUE;
  }

  /** Records the key of a row that has no object. */
  public void addExtraneous(long key) {
    extraneous.startRow(1);
    extraneous.put(model.key().type(), key);
  }

  /** Copies the recorded keys into {@link #extraneous()}, which must exist. */
  void copyExtraneous() throws SQLException {
    copies.write(extraneous(), extraneous);
    copies.end();
  }

  /** Whether what is gathered is worth a {@link #copy}. */
  public boolean isFull() {
    return rows.size() >= FLUSH_THRESHOLD
        || names.size() >= FLUSH_THRESHOLD
        || extraneous.size() >= FLUSH_THRESHOLD
        || items.stream().anyMatch(list -> list.size() >= FLUSH_THRESHOLD);
  }

  /** Copies in what is gathered and worth a statement. */
  public void copy() throws SQLException {
    copy(FLUSH_THRESHOLD);
  }

  /** Copies in what is still gathered, and lets the planner know how much there is. */
  void finish() throws SQLException {
    copy(0);
    copies.end();
    transaction.update("ANALYZE " + rows());
    for (int i = 0; i < items.size(); i++) {
      transaction.update("ANALYZE " + items(i));
    }
    if (namesCreated) {
      transaction.update("ANALYZE " + names());
    }
  }

  private void copy(int least) throws SQLException {
    if (!created) {
      copies.end();
      createTables();
      created = true;
    }
    if (!namesCreated && !namedPlaces.isEmpty()) {
      copies.end();
      transaction.update(
          "CREATE TEMPORARY TABLE "
              + names()
              + " (origin bigint, place bigint, parts text[]) ON COMMIT DROP");
      namesCreated = true;
    }
    copy(rows(), rows, least);
    for (int i = 0; i < items.size(); i++) {
      copy(items(i), items.get(i), least);
    }
    copy(names(), names, least);
  }

  private void copy(String into, CopyRowEncoder gathered, int least) throws SQLException {
    if (gathered.size() >= least) {
      copies.write(into, gathered);
    }
  }

  private void createTables() throws SQLException {
    List<String> columns = new ArrayList<>();
    columns.add("0::bigint AS origin");
    columns.add(model.key().sql() + " AS key");
    for (Field field : model.fields()) {
      columns.add(field.column().sql() + " AS " + column(field));
    }
    IntStream.range(0, model.lists().size()).forEach(list -> columns.add("true AS " + has(list)));
    create(rows(), "SELECT " + String.join(", ", columns) + " FROM " + model.sql());
    for (int i = 0; i < model.lists().size(); i++) {
      ListField list = model.lists().get(i);
      create(
          items(i),
          "SELECT 0::bigint AS origin, " + list.target().sql() + " AS target FROM " + list.sql());
    }
  }

  /** A table whose columns have the very types of the real ones. */
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

  private void bufferName(long origin, NaturalKeyReference name) {
    namedPlaces.add(name.place());
    names.startRow(3);
    names.putBigint(origin);
    names.putBigint(name.place());
    names.putArray(TextColumn.OID, TextColumn.UNLIMITED, name.parts());
  }
}
