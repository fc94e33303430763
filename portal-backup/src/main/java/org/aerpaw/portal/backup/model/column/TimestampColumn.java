package org.aerpaw.portal.backup.model.column;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Set;
import org.aerpaw.portal.backup.fixture.json.DjangoJsonGenerator;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.fixture.value.ParsedTimestamp;
import org.aerpaw.portal.backup.fixture.value.TimestampFormat;
import org.aerpaw.portal.backup.postgres.copy.CopyRowEncoder;

/** The type {@code timestamptz}: microseconds since 2000-01-01 in UTC. */
public enum TimestampColumn implements ColumnType {
  TIMESTAMP;

  private static final long EPOCH_SECONDS = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
  private static final long MICROS = 1_000_000;
  private static final long MIN = toMicros(Instant.parse("0001-01-01T00:00:00Z"));
  private static final long MAX = toMicros(Instant.parse("9999-12-31T23:59:59.999999Z"));

  @Override
  public Set<String> postgresTypes() {
    return Set.of("timestamptz");
  }

  @Override
  public Instant read(ByteBuffer row, int length) {
    long micros = inRange(row.getLong());
    return Instant.ofEpochSecond(epochSecond(micros), nano(micros));
  }

  @Override
  public void writeJson(ByteBuffer row, int length, DjangoJsonGenerator json) {
    long micros = inRange(row.getLong());
    json.writeTimestamp(epochSecond(micros), nano(micros));
  }

  @Override
  public Instant convert(Object json, ConversionWarnings warnings) {
    if (!(json instanceof String text)) {
      throw JsonKind.unexpected("a timestamp", json);
    }
    ParsedTimestamp parsed = TimestampFormat.parse(text);
    if (!parsed.zoned()) {
      warnings.zoneMissing();
    }
    return parsed.instant();
  }

  @Override
  public void write(Object value, CopyRowEncoder row) {
    row.startValue(Long.BYTES).putLong(toMicros((Instant) value));
  }

  private static long inRange(long micros) {
    if (micros < MIN || micros > MAX) {
      boolean infinite = micros == Long.MAX_VALUE || micros == Long.MIN_VALUE;
      throw new BadValueException(
          infinite
              ? "an infinite timestamp cannot be written"
              : "a timestamp outside the years 1 to 9999 cannot be written");
    }
    return micros;
  }

  private static long epochSecond(long micros) {
    return EPOCH_SECONDS + Math.floorDiv(micros, MICROS);
  }

  private static int nano(long micros) {
    return (int) Math.floorMod(micros, MICROS) * 1000;
  }

  private static long toMicros(Instant instant) {
    return (instant.getEpochSecond() - EPOCH_SECONDS) * MICROS + instant.getNano() / 1000;
  }
}
