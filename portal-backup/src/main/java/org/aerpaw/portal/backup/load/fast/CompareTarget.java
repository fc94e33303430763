package org.aerpaw.portal.backup.load.fast;

import java.sql.Connection;
import java.sql.SQLException;
import org.aerpaw.portal.backup.load.staging.StagedModel;
import org.aerpaw.portal.backup.load.staging.Staging;
import org.aerpaw.portal.backup.load.tables.Counts;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.rows.RowComparator;
import org.aerpaw.portal.backup.rows.conversion.ConvertedObject;

/**
 * Compares objects with the rows of their table, both in primary key order, and stages the objects
 * that differ. For a replacing load, records the rows without an object.
 *
 * <p>When the buffers are full, the comparison pauses until they are empty, or it ends if many
 * objects differ. All further objects are staged then, and {@link StagedModel#comparedUpToKey} is
 * the key up to which rows were compared.
 */
public final class CompareTarget implements TableTarget {

  /** Comparing pays off if there are at least this many equal objects for each one that differs. */
  private static final int MIN_EQUAL_PER_DIFFERENT = 7;

  private final Model model;
  private final Staging staging;
  private final boolean replaces;
  private final Connection connection;
  private RowComparator rows;

  /** Null until something is staged or recorded. */
  private StagedModel staged;

  private long lastKey = Long.MIN_VALUE;
  private boolean begun;
  private boolean ended;
  private long unchanged;
  private long different;

  CompareTarget(Model model, Staging staging, boolean replaces, Connection connection) {
    this.model = model;
    this.staging = staging;
    this.replaces = replaces;
    this.connection = connection;
  }

  @Override
  public void begin() throws SQLException {
    if (!begun) {
      begun = true;
      rows = new RowComparator(connection, model);
    }
  }

  @Override
  public String add(long origin, ConvertedObject object) throws SQLException {
    if (ended) {
      return "the objects of " + model + " are not all together in the file";
    }
    long key = (Long) object.key();
    if (key <= lastKey) {
      return "the objects of " + model + " are not sorted by primary key";
    }
    lastKey = key;
    boolean hasRow = moveTo(key);
    boolean isEqual = hasRow && rows.matches(object.values(), object.lists());
    if (hasRow) {
      rows.next();
    }
    if (isEqual) {
      unchanged++;
    } else if (rows == null) {
      staging.add(model, origin, object);
    } else {
      different++;
      staged().buffer(origin, object);
      flushIfFull(key);
    }
    return null;
  }

  @Override
  public void end() throws SQLException {
    while (replaces && rows != null && rows.key() != null) {
      skipExtraneous();
    }
    if (rows != null && staged != null) {
      staged.setComparedUpToKey(Long.MAX_VALUE);
    }
    abort();
    if (staged != null) {
      staged.flushAll();
    }
    ended = true;
  }

  @Override
  public void includeModel() throws SQLException {
    if (replaces && !begun) {
      staged();
    }
  }

  @Override
  public void abort() throws SQLException {
    if (rows != null) {
      rows.close();
      rows = null;
    }
  }

  @Override
  public Counts counts() {
    return new Counts(0, 0, unchanged, 0);
  }

  /** Moves to the row with this key; false if it does not exist or the comparison has ended. */
  private boolean moveTo(long key) throws SQLException {
    while (rows != null && rows.key() != null && rows.key() < key) {
      skipExtraneous();
    }
    return rows != null && rows.key() != null && rows.key() == key;
  }

  private void skipExtraneous() throws SQLException {
    long key = rows.key();
    rows.next();
    if (replaces) {
      staged().addExtraneous(key);
      flushIfFull(key);
    }
  }

  /**
   * Empties the buffers if they are full. Ends the comparison after this key if many of the objects
   * differ, since comparing then takes longer than staging all objects, or if the keys of more rows
   * without an object would not fit into their buffer.
   */
  private void flushIfFull(long key) throws SQLException {
    boolean tooManyExtraneous = staged().hasTooManyExtraneous();
    if (!staged().isFullForComparison() && !tooManyExtraneous) {
      return;
    }
    if (tooManyExtraneous || different > unchanged / MIN_EQUAL_PER_DIFFERENT) {
      staged().setComparedUpToKey(key);
      abort();
      staged().flushAll();
    } else {
      rows.pause(key, staged()::flushAll);
    }
  }

  private StagedModel staged() {
    if (staged == null) {
      staged = staging.forComparison(model);
    }
    return staged;
  }
}
