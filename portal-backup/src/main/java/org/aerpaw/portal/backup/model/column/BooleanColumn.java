package org.aerpaw.portal.backup.model.column;

import java.nio.ByteBuffer;
import java.util.Set;
import org.aerpaw.portal.backup.fixture.json.DjangoJsonGenerator;
import org.aerpaw.portal.backup.postgres.copy.CopyRowEncoder;

/** The type {@code boolean}. */
enum BooleanColumn implements ColumnType {
  BOOLEAN;

  @Override
  public Set<String> postgresTypes() {
    return Set.of("bool");
  }

  @Override
  public Boolean read(ByteBuffer row, int length) {
    return row.get() != 0;
  }

  @Override
  public void writeJson(ByteBuffer row, int length, DjangoJsonGenerator json) {
    json.write(read(row, length));
  }

  @Override
  public Boolean convert(Object json, ConversionWarnings warnings) {
    if (json instanceof Boolean value) {
      return value;
    }
    throw JsonKind.unexpected("true or false", json);
  }

  @Override
  public void write(Object value, CopyRowEncoder row) {
    row.startValue(1).putByte((Boolean) value ? 1 : 0);
  }
}
