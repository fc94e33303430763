package org.aerpaw.portal.backup.load;

import org.aerpaw.portal.backup.binding.LowerCaseEnum;
import org.aerpaw.portal.backup.load.fast.Strategy;

/** The stages of a load in order, under the names used in progress, log and report. */
public enum LoadStage {
  /** Chooses a {@link Strategy} for each table. */
  INSPECT,
  /** Blocks writes by other transactions to the tables that are known before the files are read. */
  LOCK,
  /** Finds the objects to load, if only some are requested. */
  SELECT,
  /** Makes the safety backup of a replacing load. */
  BACKUP,
  /** Reads the files. */
  READ,
  /** Reads the files again with all tables staged, since a fast strategy could not continue. */
  DIAGNOSE,
  /** Checks keys, references and unique fields of the staged objects. */
  CHECK,
  /** Compares the staged objects with the rows. */
  PLAN,
  /** Deletes, updates and creates rows. */
  WRITE,
  /** Creates the dropped foreign keys again. */
  CONSTRAINTS,
  /** Advances the sequences past the new primary keys. */
  SEQUENCES,
  /** Commits the transaction. */
  COMMIT;

  @Override
  public String toString() {
    return LowerCaseEnum.text(this);
  }
}
