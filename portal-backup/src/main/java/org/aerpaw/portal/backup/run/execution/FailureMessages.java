package org.aerpaw.portal.backup.run.execution;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.aerpaw.portal.backup.postgres.DatabaseError;
import org.aerpaw.portal.backup.postgres.UnknownOutcomeException;
import org.aerpaw.portal.backup.run.execution.ActiveRun.CancelledException;

/** Describes failures without row values and without directories. */
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
    if (failure instanceof FileSystemException e) {
      return "file error: " + reason(e);
    }
    if (failure instanceof IOException) {
      return "file error: " + failure.getMessage();
    }
    if (failure instanceof OutOfMemoryError) {
      return "the server ran out of memory";
    }
    return "internal error: " + failure.getClass().getSimpleName() + ", see the server log";
  }

  private static String reason(FileSystemException failure) {
    if (failure.getReason() != null) {
      return failure.getReason();
    }
    String file =
        failure.getFile() == null
            ? "a file or directory"
            : String.valueOf(Path.of(failure.getFile()).getFileName());
    if (failure instanceof NoSuchFileException) {
      return file + " does not exist";
    }
    return failure instanceof AccessDeniedException
        ? "access to " + file + " is denied"
        : file + " cannot be used (" + failure.getClass().getSimpleName() + ")";
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
