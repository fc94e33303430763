package org.aerpaw.portal.backup.load.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.postgres.copy.CopyWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPortalExtension.class)
class IndexesTest {

  private static final String DEFINITIONS =
      """
      SELECT indexrelid::regclass || ' ' || pg_get_indexdef(indexrelid) || indisprimary || indisunique || indisvalid
      FROM pg_index WHERE indrelid::regclass::text LIKE 'users_aerpawuser%'
      UNION ALL
      SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
      FROM pg_constraint WHERE conrelid::regclass::text LIKE 'users_aerpawuser%'
      UNION ALL
      SELECT attrelid::regclass || '.' || attname || attnotnull FROM pg_attribute
      WHERE attrelid::regclass::text LIKE 'users_aerpawuser%' AND attnum > 0
      ORDER BY 1
      """;

  private static final String NAMES =
      "SELECT indexrelid::regclass FROM pg_index WHERE indrelid = 'users_aerpawuser'::regclass ORDER BY 1";

  @Test
  void indexesAndConstraintsAreCreatedAgainAsTheyWere(TestPortal portal) throws Exception {
    portal.database.execute(
        """
        CREATE INDEX "Strange name" ON users_aerpawuser (lower(username) COLLATE "C" DESC)
          WITH (fillfactor = 70) WHERE is_active;
        ALTER TABLE users_aerpawuser ADD CONSTRAINT "A key" UNIQUE (username, email) INCLUDE (id);
        CREATE UNIQUE INDEX covering ON users_aerpawuser (id) INCLUDE (username)
        """);
    List<String> before = portal.select(DEFINITIONS);
    Model users = portal.registry.find("users.aerpawuser").orElseThrow();

    try (var transaction = Transaction.begin(portal.database.dataSource())) {
      var indexes = new Indexes(transaction);
      dropForeignKeys(portal, transaction);
      indexes.drop(users);
      assertThat(transaction.query(row -> row.getString(1), NAMES)).isEmpty();
      recreate(indexes, transaction);
      assertThat(transaction.query(row -> row.getString(1), DEFINITIONS))
          .as("without the foreign keys")
          .isSubsetOf(before)
          .contains(before.stream().filter(line -> line.contains("PRIMARY KEY")).findFirst().get());
      transaction.commit();
    }
    assertThat(portal.select(NAMES)).hasSizeGreaterThan(4);
  }

  /** Their definition is not everything, or something else needs them. */
  @Test
  void indexesThatCannotBeRestoredCompletelyAreKept(TestPortal portal) throws Exception {
    portal.database.execute(
        """
        CREATE INDEX described ON users_aerpawuser (email); COMMENT ON INDEX described IS 'x';
        CREATE INDEX clustered ON users_aerpawuser (first_name); CLUSTER users_aerpawuser USING clustered;
        CREATE INDEX counted ON users_aerpawuser (lower(email)); ALTER INDEX counted ALTER 1 SET STATISTICS 100;
        ALTER TABLE users_aerpawuser ADD CONSTRAINT optional UNIQUE (email, id) WITH (fillfactor = 50);
        CREATE UNIQUE INDEX identifying ON users_aerpawuser (id);
        ALTER TABLE users_aerpawuser REPLICA IDENTITY USING INDEX identifying;
        CREATE TABLE elsewhere (owner bigint REFERENCES users_aerpawuser)
        """);
    Model users = portal.registry.find("users.aerpawuser").orElseThrow();

    try (var transaction = Transaction.begin(portal.database.dataSource())) {
      dropForeignKeys(portal, transaction);
      new Indexes(transaction).drop(users);

      assertThat(transaction.query(row -> row.getString(1), NAMES))
          .containsExactlyInAnyOrder(
              "described",
              "clustered",
              "counted",
              "optional",
              "identifying",
              "users_aerpawuser_pkey");
    }
  }

  @Test
  void equalValuesAreRefusedWhenTheIndexIsCreated(TestPortal portal) throws Exception {
    Model groups = portal.registry.find("auth.group").orElseThrow();
    try (var transaction = Transaction.begin(portal.database.dataSource())) {
      dropForeignKeys(portal, transaction);
      var indexes = new Indexes(transaction);
      indexes.drop(groups);
      transaction.update("INSERT INTO auth_group (id, name) VALUES (1, 'a'), (2, 'a')");

      assertThatThrownBy(() -> recreate(indexes, transaction))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
    }
  }

  private static void recreate(Indexes indexes, Transaction transaction) throws SQLException {
    try (var copies = new CopyWriter(transaction.connection(), Runnable::run)) {
      indexes.recreate(copies);
      copies.end();
    }
  }

  private static void dropForeignKeys(TestPortal portal, Transaction transaction)
      throws SQLException {
    var foreignKeys = new ForeignKeys(transaction);
    for (Model model : portal.registry.models()) {
      foreignKeys.drop(model);
    }
  }
}
