package org.aerpaw.portal.backup.dump;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;
import org.aerpaw.portal.backup.masking.MaskingProfiles;
import org.aerpaw.portal.backup.masking.MaskingSettings;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the values of columns: D10 to D18. */
@ExtendWith(TestPortalExtension.class)
class DumpValuesTest {

  private static final String NUMBERS = "operations_canonicalnumber";
  private static final String TRIPS = "experiment_info_fieldtrip";
  private static final String THREADS = "error_handling_aerpawthread";

  /** D10 */
  @ParameterizedTest
  @EnumSource
  void timestampsAndTimesShouldBeWrittenAsTheirCasesSay(TimestampPrecision form, TestPortal portal)
      throws Exception {
    insertTimeCases(portal);

    portal.dump(new FileLayout(2, form));

    assertThat(portal.dumped("operations.json").values("created"))
        .isEqualTo(quoted(texts(timestampCases(), form)));
    assertThat(portal.dumped("experiment_info.json").values("start_time"))
        .isEqualTo(quoted(texts(timeCases(), form)));
  }

  /** D10 */
  @Test
  void sessionsInAnotherZoneShouldDumpTheSameBytes(TestPortal portal) throws Exception {
    insertTimeCases(portal);
    portal.insert(TRIPS, "id", 100, "experiment_date", "2024-02-29", "person_hours", 0.1);
    DumpRequest all = dumpOf().build();
    var here = portal.set(portal.dumps.dumpAndWait(all, "a test"));

    var database =
        portal.database.dataSource(
            "SET TimeZone = 'Asia/Kolkata'",
            "SET DateStyle = 'ISO, DMY'",
            "SET extra_float_digits = -15");
    var away =
        portal.set(
            new DumpService(
                    database,
                    Optional.empty(),
                    portal.registry,
                    new MaskingProfiles(MaskingSettings.DEFAULT, portal.registry),
                    portal.sets,
                    portal.engine.retention(),
                    portal.runs,
                    Optional.empty())
                .dumpAndWait(all, "a test"));

    for (String file : here.manifest().files().keySet()) {
      assertThat(away.folder().resolve(file)).hasSameBinaryContentAs(here.folder().resolve(file));
    }
  }

  @Test
  void allRowsThatCannotBeWrittenShouldBeReported(TestPortal portal) throws Exception {
    portal
        .insert("auth_group", "id", 1, "name", "a")
        .insert("operations_canonicalnumber", "id", 1, "created", "infinity")
        .insert("operations_canonicalnumber", "id", 2, "created", "2024-01-01")
        .insert("operations_canonicalnumber", "id", 3, "created", "-infinity")
        .insert("users_aerpawuser", "id", 4, "last_login", "infinity");

    Run dump = portal.dump();

    String reason = "an infinite timestamp cannot be written";
    assertThat(dump.errors())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder(
            "operations.canonicalnumber(pk=1): created: " + reason,
            "operations.canonicalnumber(pk=3): created: " + reason,
            "users.aerpawuser(pk=4): last_login: " + reason);
    assertThat(portal.sets.all()).isEmpty();
  }

  /** D11 */
  @ParameterizedTest
  @CsvSource({
    "infinity, an infinite timestamp cannot be written",
    "-infinity, an infinite timestamp cannot be written",
    "0044-03-15 12:00:00+00 BC, a timestamp outside the years 1 to 9999 cannot be written",
    "0001-12-31 23:59:59.999999+00 BC, a timestamp outside the years 1 to 9999 cannot be written",
    "10000-01-01 00:00:00+00, a timestamp outside the years 1 to 9999 cannot be written"
  })
  void timestampThatFixturesCannotExpressShouldFailTheDump(
      String value, String reason, TestPortal portal) throws Exception {
    portal.insert(NUMBERS, "id", 6).insert(NUMBERS, "id", 7, "modified", value);

    Run dump = portal.dump("operations");

    assertThat(dump.errors())
        .singleElement()
        .hasToString("operations.canonicalnumber(pk=7): modified: " + reason);
    assertThat(portal.sets.all()).isEmpty();
  }

  /** D12 */
  @ParameterizedTest
  @CsvSource({"0001-01-01", "2024-02-29", "9999-12-31", "1582-10-10", "1900-03-01"})
  void dateShouldBeWrittenAsItIs(String date, TestPortal portal) throws Exception {
    portal.insert(TRIPS, "id", 1, "experiment_date", date);

    portal.dump("experiment_info");

    assertThat(portal.dumped("experiment_info.json").values("experiment_date"))
        .containsExactly('"' + date + '"');
  }

  /** D12 */
  @ParameterizedTest
  @CsvSource({
    "experiment_date, infinity, a date outside the years 1 to 9999 cannot be written",
    "experiment_date, -infinity, a date outside the years 1 to 9999 cannot be written",
    "experiment_date, 0001-12-31 BC, a date outside the years 1 to 9999 cannot be written",
    "experiment_date, 10000-01-01, a date outside the years 1 to 9999 cannot be written",
    "end_time, 24:00, the time 24:00 cannot be written"
  })
  void dateOrTimeThatFixturesCannotExpressShouldFailTheDump(
      String field, String value, String reason, TestPortal portal) throws Exception {
    portal.insert(TRIPS, "id", 5, field, value);

    assertThat(portal.dump("experiment_info").errors())
        .singleElement()
        .hasToString("experiment_info.fieldtrip(pk=5): " + field + ": " + reason);
  }

  /** D13 */
  @Test
  void floatingPointShouldBeWrittenInTheShortestWayThatReadsBack(TestPortal portal)
      throws Exception {
    List<String[]> cases = cases("/format/float-cases.tsv");
    insertHours(
        portal,
        cases.stream()
            .map(row -> Double.longBitsToDouble(Long.parseUnsignedLong(row[0], 16)))
            .toArray(Double[]::new));

    portal.dump("experiment_info");

    assertThat(portal.dumped("experiment_info.json").values("person_hours"))
        .isEqualTo(cases.stream().map(row -> row[1]).toList());
  }

  /** D14 */
  @Test
  void nonNumbersShouldBeWrittenAsText(TestPortal portal) throws Exception {
    insertHours(portal, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

    portal.dump("experiment_info");

    assertThat(portal.dumped("experiment_info.json").values("person_hours"))
        .containsExactly("\"NaN\"", "\"Infinity\"", "\"-Infinity\"");
  }

  /** D16 */
  @Test
  void onlyCharactersThatJsonRequiresShouldBeEscaped(TestPortal portal) throws Exception {
    String every =
        IntStream.rangeClosed(1, Character.MAX_CODE_POINT)
            .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    portal.insert(THREADS, "id", 1, "response", every);

    portal.dump("error_handling");

    var escaped = new StringBuilder();
    for (char c = 1; c < ' '; c++) {
      escaped.append(
          switch (c) {
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> "\\u%04x".formatted((int) c);
          });
    }
    String rest = every.substring(' ' - 1).replace("\\", "\\\\").replace("\"", "\\\"");
    assertThat(portal.dumped("error_handling.json").text())
        .contains("\"response\": \"" + escaped + rest + "\",\n");
  }

  /** Text is copied eight bytes at a time, so that each place in eight matters. */
  @Test
  void charactersShouldBeEscapedWhereverTheyStand(TestPortal portal) throws Exception {
    List<String> texts = new ArrayList<>();
    for (String special : List.of("\"", "\\", "\n", "\u0001", "ä", "😀", "?")) {
      for (int before = 0; before < 17; before++) {
        texts.add("a".repeat(before) + special + "b".repeat(17 - before) + special);
      }
    }
    for (String text : texts) {
      portal.insert(THREADS, "response", text);
    }

    portal.dump("error_handling");

    assertThat(portal.dumped("error_handling.json").objects())
        .extracting(object -> object.getJsonObject("fields").getString("response"))
        .containsExactlyElementsOf(texts);
  }

  /** A database with the encoding SQL_ASCII stores any bytes. */
  @Test
  void textThatIsNotUtf8ShouldFailTheDump(@TempDir Path folder) throws Exception {
    TestDatabase database = TestDatabase.withEncoding("SQL_ASCII");
    try (TestPortal portal = TestPortal.on(database, folder)) {
      portal.engine.migration().migrate();
      portal.insert("auth_group", "id", 1, "name", "Grün 😀");
      portal.dump("auth");
      assertThat(portal.dumped("auth.json").text()).contains("\"name\": \"Grün 😀\"");

      database.execute(
          "INSERT INTO auth_group (id, name) VALUES (2, convert_from('\\xc328', 'SQL_ASCII'))");
      assertThat(portal.dump("auth").errors())
          .singleElement()
          .asString()
          .contains("invalid byte sequence for encoding \"UTF8\": 0xc3 0x28");
    }
  }

  /** D16 */
  @Test
  void aMegabyteOfTextShouldBeWrittenCompletely(TestPortal portal) throws Exception {
    String megabyte = "A \"quote\", a \\ and \uD83D\uDE80".repeat(40_000);
    portal.insert(THREADS, "id", 1, "response", megabyte);

    portal.dump("error_handling");

    var fields = portal.dumped("error_handling.json").objects().get(0).getJsonObject("fields");
    assertThat(fields.getString("response")).isEqualTo(megabyte);
  }

  /** D17 */
  @Test
  void bothEndsOfWholeNumbersShouldBeWritten(TestPortal portal) throws Exception {
    portal
        .insert(THREADS, "id", Integer.MIN_VALUE, "exit_code", Short.MIN_VALUE)
        .insert(THREADS, "id", 0, "exit_code", null)
        .insert(THREADS, "id", Integer.MAX_VALUE, "exit_code", Short.MAX_VALUE)
        .insert(NUMBERS, "id", 1, "canonical_number", Integer.MIN_VALUE)
        .insert(NUMBERS, "id", 2, "canonical_number", Integer.MAX_VALUE);

    portal.dump();

    assertThat(portal.dumped("error_handling.json").values("pk"))
        .containsExactly("-2147483648", "0", "2147483647");
    assertThat(portal.dumped("error_handling.json").values("exit_code"))
        .containsExactly("-32768", "null", "32767");
    assertThat(portal.dumped("operations.json").values("canonical_number"))
        .containsExactly("-2147483648", "2147483647");
  }

  /** D18 */
  @Test
  void nullInABooleanShouldNotBecomeFalse(TestPortal portal) throws Exception {
    portal
        .insert(THREADS, "id", 1, "is_error", null)
        .insert(THREADS, "id", 2, "is_error", false)
        .insert(THREADS, "id", 3, "is_error", true);

    portal.dump("error_handling");

    assertThat(portal.dumped("error_handling.json").values("is_error"))
        .containsExactly("null", "false", "true");
  }

  private static void insertTimeCases(TestPortal portal) throws SQLException, IOException {
    int key = 0;
    for (String[] row : timestampCases()) {
      portal.insert(NUMBERS, "id", ++key, "created", row[0]);
    }
    for (String[] row : timeCases()) {
      portal.insert(TRIPS, "id", ++key, "start_time", row[0]);
    }
  }

  private static void insertHours(TestPortal portal, Double... hours) throws SQLException {
    String sql =
        "INSERT INTO experiment_info_fieldtrip (id, created, modified, number_of_fixed_nodes, number_of_portable_nodes,"
            + " \"LAMs\", \"SAMs\", rovers, helikite, person_hours, is_canceled)"
            + " SELECT place, now(), now(), 0, 0, 0, 0, 0, 0, value, false"
            + " FROM unnest(?::float8[]) WITH ORDINALITY AS given (value, place)";
    try (var connection = portal.database.connect();
        var insert = connection.prepareStatement(sql)) {
      insert.setArray(1, connection.createArrayOf("float8", hours));
      insert.executeUpdate();
    }
  }

  private static List<String[]> timestampCases() throws IOException {
    return cases("/format/time-cases.tsv").stream().filter(row -> row[0].endsWith("+00")).toList();
  }

  private static List<String[]> timeCases() throws IOException {
    return cases("/format/time-cases.tsv").stream().filter(row -> !row[0].endsWith("+00")).toList();
  }

  private static List<String[]> cases(String resource) throws IOException {
    try (InputStream in = DumpValuesTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t"))
          .toList();
    }
  }

  private static List<String> texts(List<String[]> cases, TimestampPrecision form) {
    int column =
        switch (form) {
          case EXACT -> 1;
          case MILLISECONDS -> 2;
        };
    return cases.stream().map(row -> row[column]).toList();
  }

  private static List<String> quoted(List<String> texts) {
    return texts.stream().map(text -> '"' + text + '"').toList();
  }
}
