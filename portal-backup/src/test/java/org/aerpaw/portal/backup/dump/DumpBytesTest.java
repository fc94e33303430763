package org.aerpaw.portal.backup.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of a dumped table: D01 to D06, D35. */
@ExtendWith(TestPortalExtension.class)
class DumpBytesTest {

  private static final String NUMBERS = "operations_canonicalnumber";

  /** D01 */
  @Test
  void dumpOfEmptyAppShouldBeFourBytes(TestPortal portal) throws Exception {
    portal.dump("operations");

    assertThat(portal.sets.all().get(0).folder().resolve("operations.json"))
        .hasBinaryContent(new byte[] {0x5b, 0x0a, 0x5d, 0x0a});
  }

  /** D02 */
  @Test
  void rowsShouldBeWrittenByKeyAsDjangoDoes(TestPortal portal) throws Exception {
    portal
        .insert(NUMBERS, "id", 12, "canonical_number", 5)
        .insert(NUMBERS, "id", 3, "canonical_number", 7, "is_retired", true)
        .dump("operations");

    assertThat(portal.dumped("operations.json").text())
        .isEqualTo(
            """
            [
            {
              "model": "operations.canonicalnumber",
              "pk": 3,
              "fields": {
                "created": "2022-01-01T00:00:00Z",
                "modified": "2022-01-01T00:00:00Z",
                "canonical_number": 7,
                "is_deleted": false,
                "is_retired": true
              }
            },
            {
              "model": "operations.canonicalnumber",
              "pk": 12,
              "fields": {
                "created": "2022-01-01T00:00:00Z",
                "modified": "2022-01-01T00:00:00Z",
                "canonical_number": 5,
                "is_deleted": false,
                "is_retired": false
              }
            }
            ]
            """);
  }

  /** D02 */
  @Test
  void modelsOfAnAppShouldFollowEachOtherInTheirOrderAndNotInThatOfTheirKeys(TestPortal portal)
      throws Exception {
    portal
        .insert("users_aerpawuser", "id", 1)
        .insert("projects_aerpawproject", "id", 9, "project_creator_id", 1)
        .insert("projects_userproject", "id", 2, "project_id", 9, "user_id", 1, "granted_by_id", 1)
        .dump("projects");

    assertThat(portal.dumped("projects.json").values("model"))
        .containsExactly("\"projects.aerpawproject\"", "\"projects.userproject\"");
  }

  /** D03 */
  @Test
  void noLineShouldEndInABlankAndNoneInACarriageReturn(TestPortal portal) throws Exception {
    portal.insert("error_handling_aerpawthread", "id", 1, "response", "one \r\ntwo ");
    portal.dump();

    try (var files = Files.list(portal.sets.latest().orElseThrow().folder())) {
      assertThat(files)
          .hasSize(13)
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file)).endsWith("\n").doesNotContain(" \n", "\r"));
    }
  }

  /** D04 */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
            | '[{"model": "operations.canonicalnumber", "pk": 3, "fields": {"created": '
          0 | '[{~"model": "operations.canonicalnumber",~"pk": 3,~"fields": {~"created": '
          2 | '[~{~  "model": "operations.canonicalnumber",~  "pk": 3,~  "fields": {~    "created": '
          4 | '[~{~    "model": "operations.canonicalnumber",~    "pk": 3,~    "fields": {~        "created": '
          """)
  void indentShouldBeTheRequestedOne(Integer indent, String beginning, TestPortal portal)
      throws Exception {
    portal.insert(NUMBERS, "id", 3);

    portal.dump(new FileLayout(indent, TimestampPrecision.EXACT), "operations");

    assertThat(portal.dumped("operations.json").text()).startsWith(beginning.replace('~', '\n'));
  }

  /** D05 */
  @Test
  void fieldsShouldBeInTheModelsOrderWhateverTheOrderOfTheColumns(TestPortal portal)
      throws Exception {
    portal.insert(NUMBERS, "id", 3, "created", "2021-05-06T07:08:09Z", "is_deleted", true);
    portal.dump("operations");
    String before = portal.dumped("operations.json").text();

    portal.database.execute(
        """
        CREATE TABLE permuted AS
            SELECT is_retired, canonical_number, modified, id, is_deleted, created FROM operations_canonicalnumber;
        ALTER TABLE permuted ADD PRIMARY KEY (id);
        DROP TABLE operations_canonicalnumber CASCADE;
        ALTER TABLE permuted RENAME TO operations_canonicalnumber;
        """);
    portal.dump("operations");

    assertThat(portal.dumped("operations.json").text()).isEqualTo(before);
  }

  /** D06 */
  @Test
  void emptyListShouldBeOnOneLineAndOthersHaveOneKeyPerLine(TestPortal portal) throws Exception {
    portal
        .insert("auth_group", "id", 1, "name", "pi")
        .insert("auth_group", "id", 3, "name", "operator")
        .insert("users_aerpawuser", "id", 1)
        .insert("users_aerpawuser_groups", "aerpawuser_id", 1, "group_id", 3)
        .insert("users_aerpawuser_groups", "aerpawuser_id", 1, "group_id", 1)
        .dump("users");

    assertThat(portal.dumped("users.json").text())
        .endsWith(
            """
                "uuid": "",
                "groups": [
                  1,
                  3
                ],
                "user_permissions": []
              }
            }
            ]
            """);
  }

  /** D35 */
  @Test
  void mixedCaseColumnsShouldKeepTheirNames(TestPortal portal) throws Exception {
    portal.insert("experiment_info_fieldtrip", "id", 1, "LAMs", 4, "SAMs", 5);

    portal.dump("experiment_info");

    assertThat(portal.dumped("experiment_info.json").values("LAMs")).containsExactly("4");
    assertThat(portal.dumped("experiment_info.json").values("SAMs")).containsExactly("5");
  }
}
