package org.aerpaw.portal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.schema.SchemaMigration;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables that Django makes of its models, beside those that our migration makes. */
class DjangoSchemaTest {

  @TempDir Path folder;
  private TestPortal made;
  private TestPortal migrated;

  @BeforeEach
  void make() throws Exception {
    var database = TestDatabase.empty();
    Django.run(database, List.of("migrate", "--run-syncdb", "--verbosity", "0"));
    made = TestPortal.on(database, folder.resolve("made"));
    migrated = TestPortal.migrated(folder.resolve("migrated"));
  }

  @AfterEach
  void drop() {
    made.close();
    migrated.close();
  }

  @Test
  void columnsConstraintsAndIndexesShouldBeThoseThatDjangoMakes() throws Exception {
    for (String catalog :
        List.of(
            """
            SELECT table_name, column_name, udt_name, character_maximum_length, is_nullable
            FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name <> 'django_migrations' ORDER BY 1, 2
            """,
            // PostgreSQL 18 keeps NOT NULL as a constraint, too, which a column says already.
            """
            SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
              AND conrelid <> coalesce(to_regclass('django_migrations'), 0) ORDER BY 1, 2
            """,
            """
            SELECT indexname, indexdef FROM pg_indexes
            WHERE schemaname = 'public' AND tablename <> 'django_migrations' ORDER BY 1
            """,
            """
            SELECT app_label, model, codename FROM django_content_type c
            LEFT JOIN auth_permission p ON p.content_type_id = c.id ORDER BY 1, 2, 3
            """)) {
      assertThat(migrated.select(catalog)).isEqualTo(made.select(catalog));
    }
  }

  @Test
  void keysAreSerialBeforeDjango41AndIdentityColumnsSince() throws Exception {
    assertThat(
            made.select(
                "SELECT DISTINCT attidentity = 'd' FROM pg_attribute JOIN pg_class t ON t.oid = attrelid"
                    + " WHERE attname = 'id' AND relkind = 'r' AND relnamespace = 'public'::regnamespace"))
        .containsExactly(Django.isAtLeast(4.1) ? "t" : "f");
  }

  // D05, L01: columns are in another order, keys are serial.
  @Test
  void databaseThatDjangoMadeShouldBeTakenOverAndDumpedInTheSameBytes() throws Exception {
    new SchemaMigration(made.database.dataSource(), made.registry).migrate();
    for (Path file : DjangoSetTest.files(DjangoSetTest.SET)) {
      made.withFixture(file);
    }

    assertThat(made.load().errors()).isEmpty();

    assertThat(Dumps.here(made, Dumps.ALL, List.of())).isEqualTo(Dumps.there(made, Dumps.ALL));
  }
}
