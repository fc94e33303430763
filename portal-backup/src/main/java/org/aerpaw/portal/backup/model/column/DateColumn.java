package org.aerpaw.portal.backup.model.column;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Set;
import org.aerpaw.portal.backup.fixture.json.DjangoJsonGenerator;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.fixture.value.DateFormat;
import org.aerpaw.portal.backup.postgres.copy.CopyRowEncoder;

/** The type {@code date}: days since 2000-01-01. */
enum DateColumn implements ColumnType {
  DATE;

  private static final long EPOCH = LocalDate.of(2000, 1, 1).toEpochDay();
  private static final long MIN = LocalDate.of(1, 1, 1).toEpochDay() - EPOCH;
  private static final long MAX = LocalDate.of(9999, 12, 31).toEpochDay() - EPOCH;

  @Override
  public Set<String> postgresTypes() {
    return Set.of("date");
  }

  @Override
  public LocalDate read(ByteBuffer row, int length) {
    int days = row.getInt();
    if (days < MIN || days > MAX) {
      throw new BadValueException("a date outside the years 1 to 9999 cannot be written");
    }
    return LocalDate.ofEpochDay(EPOCH + days);
  }

  @Override
  public void writeJson(ByteBuffer row, int length, DjangoJsonGenerator json) {
    json.write(DateFormat.format(read(row, length)));
  }

  @Override
  public LocalDate convert(Object json, ConversionWarnings warnings) {
    if (json instanceof String text) {
      return DateFormat.parse(text);
    }
    throw JsonKind.unexpected("a date", json);
  }

  @Override
  public void write(Object value, CopyRowEncoder row) {
    row.startValue(Integer.BYTES).putInt((int) (((LocalDate) value).toEpochDay() - EPOCH));
  }
}
