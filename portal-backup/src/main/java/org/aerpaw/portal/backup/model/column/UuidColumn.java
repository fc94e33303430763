package org.aerpaw.portal.backup.model.column;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.aerpaw.portal.backup.fixture.json.DjangoJsonGenerator;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.postgres.copy.CopyRowEncoder;

/** The type {@code uuid}: 36 characters in lower case, as Django writes it. */
enum UuidColumn implements ColumnType {
  VALUE;

  private static final Pattern FORMAT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  @Override
  public Set<String> postgresTypes() {
    return Set.of("uuid");
  }

  @Override
  public String read(ByteBuffer row, int length) {
    return new UUID(row.getLong(), row.getLong()).toString();
  }

  @Override
  public void writeJson(ByteBuffer row, int length, DjangoJsonGenerator json) {
    json.write(read(row, length));
  }

  @Override
  public String convert(Object json, ConversionWarnings warnings) {
    if (!(json instanceof String text)) {
      throw JsonKind.unexpected("a UUID", json);
    }
    if (!FORMAT.matcher(text).matches()) {
      throw new BadValueException("not a UUID such as 0b6c4c2e-5f0e-4c39-9f6e-7d7f1f3f2a10");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  @Override
  public void write(Object value, CopyRowEncoder row) {
    UUID uuid = UUID.fromString((String) value);
    CopyRowEncoder bytes = row.startValue(2 * Long.BYTES);
    bytes.putLong(uuid.getMostSignificantBits());
    bytes.putLong(uuid.getLeastSignificantBits());
  }
}
