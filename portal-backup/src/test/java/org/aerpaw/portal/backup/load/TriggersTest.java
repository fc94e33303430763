package org.aerpaw.portal.backup.load;

import static org.aerpaw.portal.backup.Fixture.group;
import static org.aerpaw.portal.backup.LoadRequestBuilder.load;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Databases with triggers, rules and generated columns. */
@ExtendWith(TestPortalExtension.class)
class TriggersTest {

  private static final String GROUPS = "SELECT name FROM auth_group ORDER BY id";

  private static void trigger(TestPortal portal, String name, String when, String body) {
    portal.database.execute(
        """
        CREATE FUNCTION %1$s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN %3$s RETURN NEW; END $$;
        CREATE TRIGGER %1$s %2$s ON auth_group FOR EACH ROW EXECUTE FUNCTION %1$s()
        """
            .formatted(name, when, body));
  }

  @Test
  void rowsThatATriggerChangedAreReported(TestPortal portal) throws Exception {
    trigger(portal, "shout", "BEFORE INSERT OR UPDATE", "NEW.name := upper(NEW.name);");

    LoadReport report = portal.loaded(group(1, "a"), group(2, "B"));

    assertThat(portal.select(GROUPS)).containsExactly("A", "B");
    assertThat(report.warnings())
        .containsExactly(
            "the database has triggers or rules: shout on auth_group; stored rows that differ from"
                + " the fixtures: 1 of auth.group");
    assertThat(report.created()).isEqualTo(2);
  }

  @Test
  void dryRunReportsThemToo(TestPortal portal) throws Exception {
    trigger(portal, "shout", "BEFORE INSERT OR UPDATE", "NEW.name := upper(NEW.name);");
    portal.withFixture("a.json", group(1, "a"));

    LoadReport report = portal.load(load().dryRun().build()).report(LoadReport.class);

    assertThat(report.warnings()).singleElement().asString().endsWith(": 1 of auth.group");
    assertThat(portal.select(GROUPS)).isEmpty();
  }

  @Test
  void triggerThatChangesNothingIsNamed(TestPortal portal) throws Exception {
    trigger(portal, "audit", "AFTER INSERT", "");

    assertThat(portal.loaded(group(1, "a")).warnings())
        .containsExactly(
            "the database has triggers or rules: audit on auth_group; stored rows that differ from"
                + " the fixtures: none");
    portal.database.execute("ALTER TABLE auth_group DISABLE TRIGGER audit");
    assertThat(portal.loaded(group(1, "a")).warnings()).isEmpty();
  }

  @Test
  void triggerOfOneTableThatChangesAnotherIsReported(TestPortal portal) throws Exception {
    portal.withDjangoSet();
    assertThat(portal.load().errors()).isEmpty();
    BackupSet set = portal.set(portal.dump("auth", "users", "profiles"));
    portal.database.execute("UPDATE auth_group SET name = name || 'x' WHERE id = 1");
    trigger(
        portal,
        "rename_users",
        "AFTER UPDATE",
        "UPDATE users_aerpawuser SET first_name = 'x' WHERE id = (SELECT min(id) FROM users_aerpawuser);");

    LoadReport report =
        portal.load(LoadRequest.of(set.id(), List.of(), LoadMode.REPLACE)).report(LoadReport.class);

    assertThat(report.warnings()).anyMatch(warning -> warning.endsWith(": 1 of users.aerpawuser"));
  }

  @Test
  void generatedColumnThatIsMappedIsFoundWhenTheSchemaIsChecked(TestPortal portal)
      throws Exception {
    portal.database.execute(
        """
        ALTER TABLE users_aerpawuser DROP COLUMN first_name;
        ALTER TABLE users_aerpawuser ADD COLUMN first_name varchar(150)
          GENERATED ALWAYS AS (lower(last_name)) STORED
        """);

    assertThat(portal.dump().errors())
        .hasToString(
            "[column users_aerpawuser.first_name is generated, so no values can be loaded]");
  }

  @Test
  void generatedColumnThatIsNotMappedIsAccepted(TestPortal portal) throws Exception {
    portal.database.execute(
        "ALTER TABLE auth_group ADD COLUMN lower text GENERATED ALWAYS AS (lower(name)) STORED");
    portal.loaded(group(1, "A"));
    BackupSet set = portal.set(portal.dump("auth"));

    assertThat(portal.verify(set).state()).isEqualTo(RunState.DONE);
    portal.database.execute("DELETE FROM auth_group");
    assertThat(portal.load(set.id()).errors()).isEmpty();
    assertThat(portal.select("SELECT lower FROM auth_group")).containsExactly("a");
  }
}
