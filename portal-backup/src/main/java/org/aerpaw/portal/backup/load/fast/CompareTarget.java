package org.aerpaw.portal.backup.load.fast;

import java.sql.Connection;
import java.sql.SQLException;
import org.aerpaw.portal.backup.load.staging.StagedModel;
import org.aerpaw.portal.backup.load.staging.Staging;
import org.aerpaw.portal.backup.load.tables.Counts;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.rows.ConvertedObject;
import org.aerpaw.portal.backup.rows.RowComparator;

/**
 * Reads the rows of a model beside its objects, both in the order of their keys. An object that
 * equals its row is done; any other object is staged. For a replacing load, rows without an object
 * are recorded.
 *
 * <p>When much is staged or recorded, the comparison ends, and all further objects are staged:
 * {@link StagedModel#comparedTo} is the key up to which rows were compared.
 */
public final class CompareTarget implements TableTarget {

  private final Model model;
  private final Staging staging;
  private final boolean replaces;
  private final Connection connection;
  private RowComparator rows;

  /** Null as long as nothing is staged or recorded. */
  private StagedModel staged;

  private long last = Long.MIN_VALUE;
  private boolean entered;
  private boolean left;
  private long unchanged;

  CompareTarget(Model model, Staging staging, boolean replaces, Connection connection) {
    this.model = model;
    this.staging = staging;
    this.replaces = replaces;
    this.connection = connection;
  }

  @Override
  public void enter() throws SQLException {
    if (!entered) {
      entered = true;
      rows = new RowComparator(connection, model);
    }
  }

  @Override
  public String add(long origin, ConvertedObject object) throws SQLException {
    if (left) {
      return "the objects of " + model + " are not together";
    }
    long key = (Long) object.key();
    if (key <= last) {
      return "the objects of " + model + " are not in the order of their keys";
    }
    last = key;
    boolean hasRow = moveTo(key);
    if (hasRow && rows.has(object.values(), object.lists())) {
      unchanged++;
      rows.next();
      return null;
    }
    if (hasRow) {
      rows.next();
    }
    staged().buffer(origin, object);
    endIfEnough(key);
    return null;
  }

  @Override
  public void leave() throws SQLException {
    while (replaces && rows != null && rows.key() != null) {
      skipExtraneous();
    }
    if (rows != null && staged != null) {
      staged.setComparedTo(Long.MAX_VALUE);
    }
    abort();
    left = true;
  }

  @Override
  public void expect() throws SQLException {
    if (replaces && !entered) {
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

  /** Moves to the row with this key; false if there is none, or the comparison has ended. */
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
      endIfEnough(key);
    }
  }

  /** Ends the comparison after the row with this key, if much is staged or recorded. */
  private void endIfEnough(long key) throws SQLException {
    if (staged().isFull()) {
      if (rows != null) {
        staged().setComparedTo(key);
        abort();
      }
      staged().copy();
    }
  }

  private StagedModel staged() {
    if (staged == null) {
      staged = staging.comparable(model);
    }
    return staged;
  }
}
