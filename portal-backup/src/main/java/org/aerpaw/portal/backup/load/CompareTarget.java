package org.aerpaw.portal.backup.load;

import java.sql.Connection;
import java.sql.SQLException;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.rows.RowComparator;

/**
 * The table of a model with rows. Objects and rows are read side by side, both in the order of
 * their keys: an object that is there as it is has been dealt with, any other one is staged.
 */
final class CompareTarget implements DirectTable {

  private final Model model;
  private final Staging staging;
  private final boolean all;
  private final Connection connection;
  private RowComparator rows;
  private long last = Long.MIN_VALUE;
  private boolean entered;
  private long unchanged;

  /**
   * @param staging takes the objects that are not there, or not as they are
   * @param all whether there must be no other objects and no other rows
   */
  CompareTarget(Model model, Staging staging, boolean all, Connection connection) {
    this.model = model;
    this.staging = staging;
    this.all = all;
    this.connection = connection;
  }

  @Override
  public void enter() throws SQLException {
    if (entered) {
      throw new DetourException(model + ": its objects do not stand together");
    }
    entered = true;
    rows = new RowComparator(connection, model);
  }

  @Override
  public void add(long origin, ConvertedObject object) throws SQLException {
    long key = (Long) object.key();
    if (key <= last) {
      throw new DetourException(model + ": its objects are not in the order of their keys");
    }
    last = key;
    if (isThere(key, object)) {
      unchanged++;
      rows.next();
      return;
    }
    requireNot(all, "an object is not there as it is");
    StagedModel staged = staging.fitting(model);
    staged.gather(origin, object);
    if (staged.isEnough()) {
      breakOff();
      staged.copy();
    }
  }

  @Override
  public void leave() throws SQLException {
    requireNot(all && rows != null && rows.key() != null, "there are rows beside the objects");
    breakOff();
  }

  @Override
  public void finish() {
    requireNot(all && !entered, "there are rows and no objects");
  }

  @Override
  public void breakOff() throws SQLException {
    if (rows != null) {
      rows.close();
      rows = null;
    }
  }

  @Override
  public Counts counts() {
    return new Counts(0, 0, unchanged, 0);
  }

  private boolean isThere(long key, ConvertedObject object) throws SQLException {
    while (rows != null && rows.key() != null && rows.key() < key) {
      requireNot(all, "there are rows beside the objects");
      rows.next();
    }
    return rows != null
        && rows.key() != null
        && rows.key() == key
        && rows.has(object.values(), object.lists());
  }

  private void requireNot(boolean condition, String reason) {
    if (condition) {
      throw new DetourException(model + ": " + reason);
    }
  }
}
