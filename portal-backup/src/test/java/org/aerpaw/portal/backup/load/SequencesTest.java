package org.aerpaw.portal.backup.load;

import static org.aerpaw.portal.backup.Fixture.group;
import static org.aerpaw.portal.backup.LoadRequestBuilder.load;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a load the next key is free, however the key's column gets its sequence. */
class SequencesTest {

  private static final String NEXT =
      "INSERT INTO auth_group (name) VALUES ('new') RETURNING id, name";

  @TempDir private Path folder;
  private TestPortal portal;

  @BeforeEach
  void start() throws Exception {
    portal = TestPortal.migrated(folder);
  }

  @Test
  void aSequenceThatNoColumnOwnsIsFoundInTheDefault() throws Exception {
    useSequence("OWNED BY NONE");

    assertThat(portal.loaded(group(7, "seven")).warnings()).isEmpty();

    assertThat(portal.select(NEXT)).containsExactly("8 new");
  }

  @Test
  void aSequenceOfAnotherSchemaIsFoundInTheDefault() throws Exception {
    useSequence("OWNED BY NONE");
    portal.database.execute("CREATE SCHEMA other; ALTER SEQUENCE keys SET SCHEMA other");

    assertThat(portal.loaded(group(7, "seven")).warnings()).isEmpty();

    assertThat(portal.select(NEXT)).containsExactly("8 new");
  }

  @Test
  void aDryRunRestoresASequenceThatNoColumnOwns() throws Exception {
    useSequence("OWNED BY NONE");
    portal.withFixture("a.json", group(7, "seven"));

    Run run = portal.load(load().dryRun().build());

    assertThat(run.state()).isEqualTo(RunState.DONE);
    assertThat(portal.select(NEXT)).containsExactly("1 new");
  }

  @Test
  void aKeyWithoutSequenceIsReported() throws Exception {
    portal.database.execute("ALTER TABLE auth_group ALTER id DROP IDENTITY IF EXISTS");

    assertThat(portal.loaded(group(7, "seven")).warnings())
        .containsExactly(
            "auth.group: no sequence was found for its primary key, so none was advanced; new rows"
                + " may get keys that are already used");
  }

  private void useSequence(String ownership) {
    portal.database.execute(
        """
        ALTER TABLE auth_group ALTER id DROP IDENTITY IF EXISTS;
        CREATE SEQUENCE keys;
        ALTER TABLE auth_group ALTER id SET DEFAULT nextval('keys');
        ALTER SEQUENCE keys\s"""
            + ownership);
  }
}
