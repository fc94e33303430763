package org.aerpaw.portal.backup.load;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Set;
import java.util.function.BiFunction;
import org.aerpaw.portal.backup.postgres.CopyWriter;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * One load: from the files to what can be committed.
 *
 * <p>A large one tries {@link DirectTables} first. If anything is in the way there, nothing of it
 * stays, and the load goes over the staging tables, which takes anything and explains what is
 * wrong.
 */
final class Loader {

  private static final Logger LOG = System.getLogger(Loader.class.getName());

  /**
   * Bytes of text from which on the short way is the shorter one. Tests set it to 0, so that small
   * loads take it, too.
   */
  private static final long LARGE = Long.getLong("portal.load.direct-from", 1 << 20);

  /**
   * Classes of SQLSTATE that say no to rows or statements, and not that the database is in trouble:
   * unsupported, dependent objects, bad data, constraints, access or names, objects in use.
   */
  private static final Set<String> REFUSALS = Set.of("0A", "2B", "22", "23", "42", "55");

  private final LoadContext load;

  Loader(LoadContext load) {
    this.load = load;
  }

  /**
   * Does everything but the commit. When it returns, the database has accepted every row and every
   * constraint was checked. A dry run does the same and is not to be committed; rolled back, it
   * leaves nothing behind.
   *
   * @throws RunFailedException with up to a hundred located errors
   */
  LoadReport load() throws RunFailedException, SQLException, IOException {
    if (DirectTables.text(load.found().files()) < LARGE) {
      return attempt(StagedAttempt::new);
    }
    Savepoint start = load.transaction().connection().setSavepoint();
    try {
      return attempt(DirectAttempt::new);
    } catch (DetourException | RunFailedException e) {
      LOG.log(Level.DEBUG, "the load goes over staging tables: {0}", e.getMessage());
    } catch (SQLException e) {
      if (!isRefusal(e)) {
        throw e;
      }
      LOG.log(Level.DEBUG, "the load goes over staging tables: {0}", e.getSQLState());
    }
    load.transaction().connection().rollback(start);
    return attempt(StagedAttempt::new);
  }

  private LoadReport attempt(BiFunction<LoadContext, CopyWriter, LoadAttempt> way)
      throws RunFailedException, SQLException, IOException {
    try (var copies = new CopyWriter(load.transaction().connection())) {
      return way.apply(load, copies).carryOut();
    }
  }

  private static boolean isRefusal(SQLException e) {
    return e.getSQLState() != null
        && e.getSQLState().length() == 5
        && REFUSALS.contains(e.getSQLState().substring(0, 2));
  }
}
