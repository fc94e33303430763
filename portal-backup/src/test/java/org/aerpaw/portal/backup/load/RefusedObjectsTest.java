package org.aerpaw.portal.backup.load;

import static org.aerpaw.portal.backup.Fixture.group;
import static org.aerpaw.portal.backup.Fixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.backup.Fixture.Item;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.run.RunState;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Objects that the database refuses for reasons that the mapping does not know. */
class RefusedObjectsTest {

  private static final String REFUSING_TRIGGER =
      """
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF NEW.name LIKE 'bad%' THEN RAISE EXCEPTION 'bad name'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON auth_group
        FOR EACH ROW EXECUTE FUNCTION refuse()
      """;

  private static Item[] groups(int count, Integer... bad) {
    List<Item> items = new ArrayList<>();
    for (int pk = 1; pk <= count; pk++) {
      items.add(group(pk, (List.of(bad).contains(pk) ? "bad" : "good") + pk));
    }
    return items.toArray(Item[]::new);
  }

  @Test
  @ExtendWith(TestPortalExtension.class)
  void objectsThatATriggerRefusesAreNamedWithTheirPositions(TestPortal portal) throws Exception {
    portal.database.execute(REFUSING_TRIGGER);

    assertThat(portal.refused(groups(300, 1, 150, 151, 300)))
        .containsExactly(
            "one.json:2:1: auth.group(pk=1): database error: bad name (P0001)",
            "one.json:151:1: auth.group(pk=150): database error: bad name (P0001)",
            "one.json:152:1: auth.group(pk=151): database error: bad name (P0001)",
            "one.json:301:1: auth.group(pk=300): database error: bad name (P0001)");
    assertThat(portal.loaded(groups(300)).created()).isEqualTo(300);
    assertThat(portal.refused(groups(300, 7))).hasSize(1);
  }

  @Test
  @ExtendWith(TestPortalExtension.class)
  void atMostAHundredAreNamed(TestPortal portal) throws Exception {
    portal.database.execute(REFUSING_TRIGGER);
    Integer[] all = new Integer[150];
    for (int i = 0; i < all.length; i++) {
      all[i] = i + 1;
    }

    assertThat(portal.refused(groups(150, all))).hasSize(100);
  }

  @Test
  @ExtendWith(TestPortalExtension.class)
  void objectsThatAConstraintOfTheDatabaseRefusesAreNamed(TestPortal portal) throws Exception {
    portal.database.execute(
        "ALTER TABLE users_aerpawuser ADD CONSTRAINT short CHECK (length(first_name) < 5)");

    assertThat(portal.refused(user(1), user(2).with("first_name", "too long")))
        .singleElement()
        .asString()
        .startsWith("one.json:3:1: users.aerpawuser(pk=2): database error: ")
        .endsWith("violates check constraint \"short\" (23514)");
  }

  @Test
  @ExtendWith(TestPortalExtension.class)
  void triggerThatCausesAClashIsLocated(TestPortal portal) throws Exception {
    portal.database.execute(
        """
        CREATE FUNCTION clash() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN IF NEW.id = 2 THEN NEW.username := 'user1'; END IF; RETURN NEW; END $$;
        CREATE TRIGGER clash BEFORE INSERT ON users_aerpawuser
          FOR EACH ROW EXECUTE FUNCTION clash()
        """);

    assertThat(portal.refused(user(1), user(2), user(3)))
        .singleElement()
        .asString()
        .startsWith("one.json:3:1: users.aerpawuser(pk=2): database error: duplicate key value");
  }

  @Test
  void charactersThatTheDatabaseCannotStoreAreNamed(@TempDir Path folder) throws Exception {
    try (TestPortal portal = TestPortal.on(TestDatabase.withEncoding("LATIN1"), folder)) {
      portal.engine.migration().migrate();

      assertThat(
              portal.refused(group(1, "Grün"), group(2, "Друг"), user(3).with("first_name", "😀")))
          .containsExactly(
              "one.json:3:53: auth.group(pk=2): name: the text contains the character U+0414, which"
                  + " the database's encoding LATIN1 lacks",
              "one.json:4:157: users.aerpawuser(pk=3): first_name: the text contains the character"
                  + " U+1F600, which the database's encoding LATIN1 lacks");
      portal.loaded(group(1, "Grün"));
      assertThat(portal.verify(portal.set(portal.dump("auth"))).state()).isEqualTo(RunState.DONE);
    }
  }
}
