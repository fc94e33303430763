package org.aerpaw.portal.backup.model.column;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.backup.fixture.value.BadValueException;

/** Names the kind of a JSON value in errors, which must not contain the value. */
public final class JsonKind {

  private JsonKind() {}

  /** Creates an error such as "a whole number is expected, not text". */
  public static BadValueException unexpected(String expected, Object json) {
    return new BadValueException(expected + " is expected, not " + of(json));
  }

  static String of(Object json) {
    if (json == null) {
      return "null";
    }
    if (json instanceof Boolean) {
      return "a boolean";
    }
    if (json instanceof String) {
      return "text";
    }
    if (json instanceof BigDecimal) {
      return "a number with a fraction or an exponent";
    }
    if (json instanceof Number) {
      return "a whole number";
    }
    if (json instanceof List) {
      return "a list";
    }
    if (json instanceof Map) {
      return "an object";
    }
    throw new IllegalArgumentException("not a JSON value: " + json.getClass().getName());
  }
}
