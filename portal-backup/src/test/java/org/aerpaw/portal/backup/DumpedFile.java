package org.aerpaw.portal.backup;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A dumped file, indented by 2, for a test to look at. */
public record DumpedFile(String text) {

  /** Without the limit of 15 million characters. */
  private static final JsonReaderFactory READERS =
      Json.createReaderFactory(Map.of("org.eclipse.parsson.maxParsingLimit", Integer.MAX_VALUE));

  public static DumpedFile read(Path file) throws IOException {
    return new DumpedFile(Files.readString(file));
  }

  /**
   * What stands behind a name in one object after the other, just as it stands there; lists without
   * their white space.
   */
  public List<String> values(String field) {
    return Pattern.compile("(?m)^ +\"" + Pattern.quote(field) + "\": (\\[[^\\]]*\\]|[^\\n]*?),?$")
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .map(value -> value.startsWith("[") ? value.replaceAll("\\s", "") : value)
        .toList();
  }

  /** As JSON has it. */
  public List<JsonObject> objects() {
    try (var reader = READERS.createReader(new StringReader(text))) {
      return reader.readArray().getValuesAs(JsonObject.class);
    }
  }
}
