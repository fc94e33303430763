package org.aerpaw.portal.backup.model.column;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Set;
import org.aerpaw.portal.backup.fixture.json.DjangoJsonGenerator;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.postgres.copy.CopyRowEncoder;

/**
 * The types {@code varchar} and {@code text}.
 *
 * @param maxLength in characters (code points), as PostgreSQL counts them
 */
public record TextColumn(int maxLength) implements ColumnType {

  /** The OID of {@code text}, which is the same in all databases. */
  public static final int OID = 25;

  public static final TextColumn UNLIMITED = new TextColumn(Integer.MAX_VALUE);

  @Override
  public Set<String> postgresTypes() {
    return Set.of("varchar", "text", "bpchar", "citext");
  }

  @Override
  public String read(ByteBuffer row, int length) {
    var text = new String(row.array(), row.position(), length, UTF_8);
    row.position(row.position() + length);
    return text;
  }

  @Override
  public void writeJson(ByteBuffer row, int length, DjangoJsonGenerator json) {
    int from = row.arrayOffset() + row.position();
    json.writeUtf8(row.array(), from, from + length);
    row.position(row.position() + length);
  }

  @Override
  public String convert(Object json, ConversionWarnings warnings) {
    if (!(json instanceof String text)) {
      throw JsonKind.unexpected("text", json);
    }
    if (text.indexOf('\0') >= 0) {
      throw new BadValueException(
          "the text contains the character U+0000, which PostgreSQL cannot store");
    }
    if (text.length() > maxLength && text.codePointCount(0, text.length()) > maxLength) {
      throw new BadValueException("the text is longer than " + maxLength + " characters");
    }
    return text;
  }

  @Override
  public void write(Object value, CopyRowEncoder row) {
    row.putText((String) value);
  }
}
