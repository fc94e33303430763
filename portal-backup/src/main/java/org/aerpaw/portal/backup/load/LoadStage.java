package org.aerpaw.portal.backup.load;

import org.aerpaw.portal.backup.binding.LowerCaseEnum;
import org.aerpaw.portal.backup.load.fast.Strategy;

/** The stages of a load, in their order, as the progress, the log and the report name them. */
public enum LoadStage {
  /** Finds the files. */
  RESOLVE,
  /** Chooses a {@link Strategy} for each table. */
  INSPECT,
  /** Keeps others from writing to the tables. */
  LOCK,
  /** Makes the safety backup of a replacing load. */
  BACKUP,
  /** Reads the files. */
  READ,
  /** Reads the files again through staging tables, since a faster strategy could not continue. */
  DIAGNOSE,
  /** Finds violations of keys, references and unique fields among the staged objects. */
  CHECK,
  /** Compares the staged objects with the rows. */
  PLAN,
  /** Deletes, updates and creates rows. */
  WRITE,
  /** Creates the dropped foreign keys again. */
  CONSTRAINTS,
  /** Advances the sequences past the new keys. */
  SEQUENCES,
  /** Commits the transaction. */
  COMMIT;

  @Override
  public String toString() {
    return LowerCaseEnum.text(this);
  }
}
