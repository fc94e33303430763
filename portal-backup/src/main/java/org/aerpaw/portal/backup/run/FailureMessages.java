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
      return "the server has too little memory";
    }
    return "internal error: " + failure.getClass().getSimpleName() + ", see the server log";
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
