package org.aerpaw.portal.backup.run;

import static org.aerpaw.portal.backup.Fixture.credentials;
import static org.aerpaw.portal.backup.Fixture.fixture;
import static org.aerpaw.portal.backup.Fixture.group;
import static org.aerpaw.portal.backup.Fixture.profile;
import static org.aerpaw.portal.backup.Fixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.aerpaw.portal.backup.Fixture.Item;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.binding.JsonBinding;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;
import org.aerpaw.portal.backup.run.execution.RunService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Passwords and tokens go through loads and dumps, and are never told: not in reports, not in
 * errors, not in the log.
 */
class NoSecretsTest {

  private static final String SECRET = "hush-0123456789";
  private static final Item USER =
      user(1).with("password", SECRET).with("openid_sub", SECRET).with("profile", 1);
  private static final Item PROFILE =
      profile(1).with("access_token", SECRET).with("refresh_token", SECRET);
  private static final Item CREDENTIALS = credentials(1, 1).with("public_credential", SECRET);

  private final Logger logger = Logger.getLogger(RunService.class.getName());
  private final LogLines log = new LogLines();

  @TempDir Path folder;
  private TestPortal portal;

  @BeforeEach
  void migrate() throws Exception {
    portal = TestPortal.migrated(folder);
    logger.setLevel(Level.ALL);
    logger.setUseParentHandlers(false);
    logger.addHandler(log);
  }

  @AfterEach
  void drop() {
    portal.close();
    logger.removeHandler(log);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
  }

  @Test
  void successfulLoadAndDumpShouldNotRevealThem() throws Exception {
    portal.loaded(USER, PROFILE, CREDENTIALS);
    portal.loaded(USER.with("first_name", "Ada"), PROFILE, CREDENTIALS);
    portal.dump(new FileLayout(2, TimestampPrecision.EXACT));

    assertNothingTold(3);
  }

  @Test
  void failedLoadShouldNotRevealThem() throws Exception {
    portal.refused(USER.with("profile", 99));
    portal.refused(USER, PROFILE.with("access_token", List.of(SECRET)));
    portal.refused(USER.with("password", SECRET.repeat(10)), PROFILE);
    portal.refused(USER.with("last_login", SECRET), PROFILE);
    portal.refused(USER.with("is_staff", SECRET), PROFILE);
    portal.refused(USER.with("profile", SECRET).with("groups", List.of(SECRET)), PROFILE);
    portal.refused(
        USER, PROFILE, CREDENTIALS, CREDENTIALS.with("expiry_date", "2023-01-01T00:00:00Z"));
    portal.refused(new Item(USER.model(), SECRET, USER.fields()));
    portal.refused(
        USER.with("username", SECRET),
        new Item(USER.model(), 2, USER.fields()).with("username", SECRET),
        PROFILE);
    portal.refused(fixture(CREDENTIALS).replace(SECRET + "\"", SECRET));
    portal.refused(fixture(CREDENTIALS).replace("\"" + SECRET + "\"", SECRET));
    portal.refused(fixture(CREDENTIALS).replace(SECRET, SECRET + "\\x"));

    assertNothingTold(12);
  }

  @Test
  void databaseErrorsShouldNotRevealThem() throws Exception {
    portal.database.execute(
        """
        ALTER TABLE users_aerpawuser ADD CONSTRAINT long CHECK (length(password) > 20);
        ALTER TABLE profiles_aerpawuserprofile ADD UNIQUE (access_token);
        CREATE FUNCTION broken(t text) RETURNS boolean LANGUAGE plpgsql
          AS 'begin perform t from missing; end';
        ALTER TABLE auth_group ADD CHECK (broken(name))
        """);

    portal.refused(USER, PROFILE);
    portal.refused(PROFILE, new Item(PROFILE.model(), 2, PROFILE.fields()));

    portal.refused(group(1, SECRET));

    assertNothingTold(3);
    assertThat(log.lines).anyMatch(line -> line.contains("at org.aerpaw"));
  }

  private void assertNothingTold(int runs) throws Exception {
    assertThat(portal.runs.newest(100))
        .hasSize(runs)
        .allSatisfy(run -> assertThat(JsonBinding.toJson(run)).doesNotContain(SECRET));
    assertThat(portal.select("SELECT row_to_json(run) FROM fixtures.run run"))
        .hasSize(runs)
        .noneMatch(row -> row.contains(SECRET));
    assertThat(log.lines).hasSizeGreaterThan(runs).noneMatch(line -> line.contains(SECRET));
  }

  /** Everything that is logged, as it would be printed. */
  private static final class LogLines extends Handler {

    private final List<String> lines = new ArrayList<>();

    @Override
    public void publish(LogRecord entry) {
      Object[] parameters = entry.getParameters();
      lines.add(
          parameters == null
              ? entry.getMessage()
              : MessageFormat.format(entry.getMessage(), parameters));
      for (Throwable thrown = entry.getThrown(); thrown != null; thrown = thrown.getCause()) {
        lines.add(thrown.toString());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
