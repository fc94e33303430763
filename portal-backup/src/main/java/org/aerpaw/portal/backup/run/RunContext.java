package org.aerpaw.portal.backup.run;

import java.sql.SQLException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.postgres.Transaction;

/**
 * What a run needs to do its work. The progress and the contended table can be reported by any
 * thread; reporting them throws an unchecked exception if the run was cancelled, which must end it.
 *
 * @param executor runs background tasks; may have no free thread
 * @param cancellable returns a data source whose statements are cancelled with the run
 * @param progress receives the progress; may be called often
 * @param contention receives the table that the run repeatedly tries to lock, and null afterwards
 * @param history saves the report of a run whose work is one transaction
 */
public record RunContext(
    Executor executor,
    UnaryOperator<DataSource> cancellable,
    Consumer<Progress> progress,
    Consumer<String> contention,
    History history) {

  /** Saves the report of a run. */
  @FunctionalInterface
  public interface History {

    /**
     * Saves the report in the transaction that does the work. If the server is killed right after
     * the commit, the history then knows that the run was done.
     */
    void keep(RunReport report, Transaction transaction) throws SQLException;
  }

  /** Returns a copy that reports the progress to another consumer. */
  public RunContext withProgress(Consumer<Progress> other) {
    return new RunContext(executor, cancellable, other, contention, history);
  }
}
