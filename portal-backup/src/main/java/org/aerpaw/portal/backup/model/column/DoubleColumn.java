package org.aerpaw.portal.backup.model.column;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Set;
import org.aerpaw.portal.backup.fixture.json.DjangoJsonGenerator;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.postgres.copy.CopyRowEncoder;

/**
 * The type {@code double precision}: a number, or one of the strings NaN, Infinity and -Infinity.
 */
enum DoubleColumn implements ColumnType {
  DOUBLE;

  private static final Set<String> NON_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  @Override
  public Set<String> postgresTypes() {
    return Set.of("float8");
  }

  @Override
  public Double read(ByteBuffer row, int length) {
    return row.getDouble();
  }

  @Override
  public void writeJson(ByteBuffer row, int length, DjangoJsonGenerator json) {
    json.write(row.getDouble());
  }

  @Override
  public Double convert(Object json, ConversionWarnings warnings) {
    if (json instanceof String text && NON_FINITE.contains(text)) {
      return Double.valueOf(text);
    }
    if (!(json instanceof Number number)) {
      throw JsonKind.unexpected("a number", json);
    }
    double value =
        number instanceof BigDecimal decimal
            ? Double.parseDouble(decimal.toString())
            : number.doubleValue();
    if (Double.isInfinite(value)) {
      throw new BadValueException("the number is out of range for double precision");
    }
    return value;
  }

  @Override
  public void write(Object value, CopyRowEncoder row) {
    row.startValue(Double.BYTES).putLong(Double.doubleToRawLongBits((Double) value));
  }
}
