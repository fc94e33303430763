package org.aerpaw.portal.backup.run;

import java.sql.SQLException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.aerpaw.portal.backup.postgres.Transaction;

/**
 * What a run is given.
 *
 * @param executor where others do parts of its work meanwhile; may have no thread to spare
 * @param progress to be told how far the run has come, as often as one likes, by any thread
 * @param history what is to be told the outcome by a run whose work is one transaction
 */
public record RunContext(Executor executor, Consumer<Progress> progress, History history) {

  /** Keeps the outcome with the work. */
  @FunctionalInterface
  public interface History {

    /**
     * Keeps the report in the transaction that does the work. Should the server end right behind
     * its commit, the history knows all the same that the run was done.
     */
    void keep(RunReport report, Transaction transaction) throws SQLException;
  }

  /** The same with something else to be told how far the run has come. */
  public RunContext withProgress(Consumer<Progress> other) {
    return new RunContext(executor, other, history);
  }
}
