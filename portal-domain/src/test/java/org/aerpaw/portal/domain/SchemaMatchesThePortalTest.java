package org.aerpaw.portal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.aerpaw.portal.domain.PortalModel.Field;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SchemaMatchesThePortalTest {

  private static TestDatabase database;

  @BeforeAll
  static void migrate() {
    database = PortalDatabase.migrated();
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @Test
  void tablesAreThePortalsAndNoOther() {
    assertThat(
            lines(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                    + " AND relkind NOT IN ('i', 'S')"))
        .containsExactlyInAnyOrderElementsOf(
            specified(model -> Stream.of(model.table()), list -> Stream.of(list.table())));
  }

  @Test
  void columnsHaveThePortalsTypesAndNulls() {
    assertThat(
            lines(
                """
                SELECT concat_ws(' ', relname, attname, format_type(atttypid, atttypmod),
                                 CASE WHEN attnotnull THEN 'NOT NULL' ELSE 'NULL' END,
                                 CASE attidentity WHEN 'd' THEN 'IDENTITY' END)
                FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
                WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0
                """))
        .containsExactlyInAnyOrderElementsOf(
            specified(
                model ->
                    Stream.concat(
                        Stream.of(
                            model.table()
                                + " "
                                + model.key()
                                + " integer NOT NULL"
                                + (model.parents().isEmpty() ? " IDENTITY" : "")),
                        model.fields().stream()
                            .map(
                                field ->
                                    String.join(
                                        " ",
                                        model.table(),
                                        field.column(),
                                        field.type(),
                                        field.nullable() ? "NULL" : "NOT NULL"))),
                list ->
                    Stream.of(
                        list.table() + " id integer NOT NULL IDENTITY",
                        list.table() + " " + list.sourceColumn() + " integer NOT NULL",
                        list.table() + " " + list.targetColumn() + " integer NOT NULL")));
  }

  @Test
  void keysAndUniqueConstraintsAreThePortals() {
    assertThat(
            lines(
                """
                SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid)
                FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u')
                """))
        .containsExactlyInAnyOrderElementsOf(
            specified(
                model ->
                    Stream.of(
                            Stream.of("PRIMARY KEY (" + model.key() + ")"),
                            model.fields().stream()
                                .filter(Field::unique)
                                .map(field -> "UNIQUE (" + field.column() + ")"),
                            model.unique().stream()
                                .map(columns -> "UNIQUE (" + String.join(", ", columns) + ")"))
                        .flatMap(constraints -> constraints)
                        .map(constraint -> model.table() + " " + constraint),
                list ->
                    Stream.of(
                        list.table() + " PRIMARY KEY (id)",
                        "%s UNIQUE (%s, %s)"
                            .formatted(list.table(), list.sourceColumn(), list.targetColumn()))));
  }

  @Test
  void referencesAreForeignKeysThatAreCheckedAtCommit() {
    assertThat(
            lines(
                """
                SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid)
                FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace AND contype = 'f'
                """))
        .containsExactlyInAnyOrderElementsOf(
            references().stream()
                .map(
                    reference ->
                        "%s FOREIGN KEY (%s) REFERENCES %s(id) DEFERRABLE INITIALLY DEFERRED"
                            .formatted(
                                reference.table(), reference.column(), table(reference.target())))
                .toList());
  }

  @Test
  void referencesAreIndexed() {
    assertThat(
            lines(
                """
                SELECT indrelid::regclass || ' ' || attname
                FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
                WHERE indisvalid
                """))
        .containsAll(references().stream().map(r -> r.table() + " " + r.column()).toList());
  }

  @Test
  void uniqueTextHasAnIndexForLike() {
    assertThat(
            lines(
                """
                SELECT indrelid::regclass || ' ' || attname
                FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
                  JOIN pg_opclass ON pg_opclass.oid = indclass[0]
                WHERE opcname = 'varchar_pattern_ops'
                """))
        .containsExactlyInAnyOrderElementsOf(
            specified(
                model ->
                    model.fields().stream()
                        .filter(Field::unique)
                        .map(field -> model.table() + " " + field.column()),
                list -> Stream.empty()));
  }

  @Test
  void everySequenceGoesOnAfterTheHighestKey() {
    for (String table : identityTables()) {
      assertThat(
              lines(
                  "SELECT nextval(pg_get_serial_sequence('%1$s', 'id')) - coalesce(max(id), 0) FROM %1$s"
                      .formatted(table)))
          .as(table)
          .containsExactly("1");
    }
  }

  @Test
  void everyModelIsAContentTypeWithFourPermissions() {
    var models = SpecifiedModels.all();

    assertThat(lines("SELECT app_label || '.' || model FROM django_content_type ORDER BY id"))
        .containsExactlyElementsOf(models.stream().map(PortalModel::label).toList());
    assertThat(
            lines(
                """
                SELECT app_label || '.' || codename
                FROM auth_permission JOIN django_content_type ct ON ct.id = content_type_id
                ORDER BY auth_permission.id
                """))
        .containsExactlyElementsOf(
            models.stream()
                .flatMap(
                    model ->
                        Stream.of("add", "change", "delete", "view")
                            .map(action -> model.app() + "." + action + "_" + model.name()))
                .toList());
    assertThat(lines("SELECT name FROM auth_permission WHERE codename LIKE '%\\_ondemandsession'"))
        .containsExactly(
            "Can add on demand session",
            "Can change on demand session",
            "Can delete on demand session",
            "Can view on demand session");
  }

  @Test
  void migrationKeepsItsHistoryOutOfThePortalsSchema() {
    assertThat(
            lines(
                "SELECT relname FROM pg_class WHERE relnamespace = 'fixtures'::regnamespace AND relkind = 'r'"))
        .containsExactly("flyway_schema_history");
  }

  private record Reference(String table, String column, String target) {}

  private static List<Reference> references() {
    var references = new ArrayList<Reference>();
    for (var model : SpecifiedModels.all()) {
      model.parents().forEach(p -> references.add(new Reference(model.table(), model.key(), p)));
      model.fields().stream()
          .filter(field -> field.target() != null)
          .map(field -> new Reference(model.table(), field.column(), field.target()))
          .forEach(references::add);
      for (var list : model.lists()) {
        references.add(new Reference(list.table(), list.sourceColumn(), model.label()));
        references.add(new Reference(list.table(), list.targetColumn(), list.target()));
      }
    }
    return references;
  }

  private static String table(String label) {
    return SpecifiedModels.all().stream()
        .filter(model -> model.label().equals(label))
        .map(PortalModel::table)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> identityTables() {
    return specified(
        model -> model.parents().isEmpty() ? Stream.of(model.table()) : Stream.empty(),
        list -> Stream.of(list.table()));
  }

  /** What every model says, and every list of every model. */
  private static List<String> specified(
      Function<PortalModel, Stream<String>> ofModel,
      Function<PortalModel.Relation, Stream<String>> ofList) {
    return SpecifiedModels.all().stream()
        .flatMap(
            model -> Stream.concat(ofModel.apply(model), model.lists().stream().flatMap(ofList)))
        .toList();
  }

  private static List<String> lines(String sql) {
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      var lines = new ArrayList<String>();
      while (result.next()) {
        lines.add(result.getString(1));
      }
      return lines;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the catalog: " + sql, e);
    }
  }
}
