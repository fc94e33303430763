package org.aerpaw.portal.backup.load;

/** What a load does with rows that are there already. */
public enum LoadMode {
  /** Objects update the row with their key or make a new one; rows that no object names stay. */
  MERGE,
  /** Every object makes a new row; one whose key is there already stops the load. */
  INSERT,
  /** As {@link #MERGE}, and rows of the loaded models that no object names are deleted. */
  REPLACE
}
