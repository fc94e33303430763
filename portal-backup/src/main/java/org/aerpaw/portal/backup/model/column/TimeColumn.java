package org.aerpaw.portal.backup.model.column;

import java.nio.ByteBuffer;
import java.time.LocalTime;
import java.util.Set;
import org.aerpaw.portal.backup.fixture.json.DjangoJsonGenerator;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.fixture.value.TimeFormat;
import org.aerpaw.portal.backup.postgres.copy.CopyRowEncoder;

/** The type {@code time}: microseconds since midnight. */
enum TimeColumn implements ColumnType {
  TIME;

  private static final long DAY = 86_400_000_000L;

  @Override
  public Set<String> postgresTypes() {
    return Set.of("time");
  }

  @Override
  public LocalTime read(ByteBuffer row, int length) {
    long micros = row.getLong();
    if (micros >= DAY) {
      throw new BadValueException("the time 24:00 cannot be written");
    }
    return LocalTime.ofNanoOfDay(micros * 1000);
  }

  @Override
  public void writeJson(ByteBuffer row, int length, DjangoJsonGenerator json) {
    json.writeTime(read(row, length));
  }

  @Override
  public LocalTime convert(Object json, ConversionWarnings warnings) {
    if (json instanceof String text) {
      return TimeFormat.parse(text);
    }
    throw JsonKind.unexpected("a time", json);
  }

  @Override
  public void write(Object value, CopyRowEncoder row) {
    row.startValue(Long.BYTES).putLong(((LocalTime) value).toNanoOfDay() / 1000);
  }
}
