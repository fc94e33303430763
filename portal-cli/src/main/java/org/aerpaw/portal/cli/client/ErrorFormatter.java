package org.aerpaw.portal.cli.client;

import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.cli.api.FixtureError;

/** Formats errors for standard error, one line each: file, line, object, field and reason. */
final class ErrorFormatter {

  private ErrorFormatter() {}

  /**
   * @param errors null for none
   */
  static List<String> format(List<FixtureError> errors) {
    List<String> lines = new ArrayList<>();
    if (errors != null) {
      errors.forEach(error -> lines.add(line(error)));
    }
    return lines;
  }

  private static String line(FixtureError error) {
    var line = new StringBuilder();
    if (error.file() != null) {
      line.append(error.file());
      if (error.line() != null) {
        line.append(':').append(error.line()).append(':').append(error.column());
      }
      line.append(": ");
    }
    if (error.model() != null) {
      line.append(error.model());
      if (error.pk() != null) {
        line.append("(pk=").append(error.pk()).append(')');
      }
      line.append(": ");
    }
    if (error.field() != null) {
      line.append(error.field()).append(": ");
    }
    return line.append(error.reason()).toString();
  }
}
