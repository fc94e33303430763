package org.aerpaw.portal.backup.run.execution;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import org.aerpaw.portal.backup.postgres.DatabaseError;
import org.aerpaw.portal.backup.postgres.UnknownOutcomeException;
import org.aerpaw.portal.backup.run.execution.ActiveRun.CancelledException;

/** Describes failures without row values or file paths. */
public final class FailureMessages {

  private FailureMessages() {}

  /** One sentence for the report of the run. */
  public static String reason(Throwable failure) {
    if (failure instanceof UnknownOutcomeException || failure instanceof CancelledException) {
      return failure.getMessage();
    }
    if (failure instanceof SQLException e) {
      return DatabaseError.of(e).describe();
    }
    if (failure instanceof NoSuchFileException) {
      return "file error: a file or directory does not exist";
    }
    if (failure instanceof FileSystemException e) {
      return "file error: "
          + (e.getReason() == null ? e.getClass().getSimpleName() : e.getReason());
    }
    if (failure instanceof IOException) {
      return "file error: " + failure.getMessage();
    }
    if (failure instanceof OutOfMemoryError) {
      return "the server ran out of memory";
    }
    return "internal error: " + failure.getClass().getSimpleName() + ", see the server log";
  }

  /** The stack traces without the messages, which may contain values. */
  static String trace(Throwable failure) {
    var trace = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      trace.append(cause.getClass().getName());
      for (StackTraceElement frame : cause.getStackTrace()) {
        trace.append("\n\tat ").append(frame);
      }
      trace.append('\n');
    }
    return trace.toString();
  }
}
