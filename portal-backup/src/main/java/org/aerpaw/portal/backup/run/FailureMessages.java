package org.aerpaw.portal.backup.run;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import org.aerpaw.portal.backup.postgres.UnknownOutcomeException;
import org.postgresql.util.PSQLException;

/** What went wrong, told without the values of rows and the paths of the machine. */
final class FailureMessages {

  private FailureMessages() {}

  /** One sentence for who asked for the run. */
  static String reason(Throwable failure) {
    if (failure instanceof UnknownOutcomeException) {
      return failure.getMessage();
    }
    if (failure instanceof SQLException e) {
      return "the database refused: " + message(e);
    }
    if (failure instanceof NoSuchFileException) {
      return "the disk refused: a file or folder is not there";
    }
    if (failure instanceof FileSystemException e) {
      return "the disk refused: "
          + (e.getReason() == null ? e.getClass().getSimpleName() : e.getReason());
    }
    if (failure instanceof IOException) {
      return "the disk refused: " + failure.getMessage();
    }
    if (failure instanceof OutOfMemoryError) {
      return "the server's memory does not suffice";
    }
    return "a fault of this program: "
        + failure.getClass().getSimpleName()
        + ", see the server's log";
  }

  /** Where it happened in the code, without the messages, which may hold values. */
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

  /** The server's own sentence; its detail holds the values of rows. */
  private static String message(SQLException failure) {
    if (failure instanceof PSQLException e && e.getServerErrorMessage() != null) {
      return e.getServerErrorMessage().getMessage() + " (" + e.getSQLState() + ")";
    }
    return failure.getMessage();
  }
}
