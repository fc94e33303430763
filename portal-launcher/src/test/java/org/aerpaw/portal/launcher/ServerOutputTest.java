package org.aerpaw.portal.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ServerOutputTest {

  private static final String STARTED =
      "2026-11-22 13:00:00 INFO [PayaraMicro] Payara Micro 6 #1 ready in 4000 (ms)\n";

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  private ServerOutput read(String text) {
    var output =
        new ServerOutput(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(shown, true, StandardCharsets.UTF_8),
            new PrintStream(log, true, StandardCharsets.UTF_8));
    output.run();
    return output;
  }

  @Test
  void onlyThePortalAndWarningsOfTheServerShouldBeShown() {
    read(
        """
        2026-11-22 13:36:46 INFO [PayaraMicro] Payara Micro URLs:
        http://localhost:18080/
        2026-11-22 13:36:46 INFO [jakarta.enterprise.web] Loading application
        2026-11-22 13:36:46 WARNING [jakarta.enterprise.web] Something is odd
        2026-11-22 13:36:47 INFO [org.aerpaw.portal.backup.run.execution.RunService] dump started
        """);
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            2026-11-22 13:36:46 WARNING Something is odd
            2026-11-22 13:36:47 INFO dump started
            """);
  }

  @Test
  void reasonShouldBeWhatThePortalSaysWithAllOfItsLines() {
    ServerOutput output =
        read(
            """
            2026-11-22 13:57:00 SEVERE [javax.enterprise.system.core] Exception while loading the app
            jakarta.ejb.EJBException: jakarta.ejb.CreateException: Initialization failed
            \tat com.sun.ejb.containers.Container.create(Container.java:745)
            Caused by: org.aerpaw.portal.fixtures.startup.StartupFailedException: the fixtures could not be loaded:
            users.json:1:1: not a JSON array
            \tat org.aerpaw.portal.fixtures.startup.PortalStartup.start(PortalStartup.java:40)
            Caused by: java.io.IOException: Stream closed
            \t... 67 more
            """);
    assertThat(output.reason())
        .contains("the fixtures could not be loaded:\nusers.json:1:1: not a JSON array");
    assertThat(shown.toString(StandardCharsets.UTF_8)).as("before the reason").isEmpty();
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("SEVERE", "at com.sun", "at org.aerpaw.portal", "67 more");
  }

  @Test
  void errorsAfterTheStartAreShownWithTheirFramesInThePortal() {
    read(
        STARTED
            + """
            2026-11-22 13:57:00 SEVERE [org.aerpaw.portal.web.errors.UnexpectedErrorMapper] internal error
            java.lang.IllegalStateException: wrong
            \tat org.aerpaw.portal.web.sets.SetsResource.list(SetsResource.java:40)
            \tat com.sun.ejb.containers.Container.create(Container.java:745)
            """);
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            2026-11-22 13:57:00 SEVERE internal error
            java.lang.IllegalStateException: wrong
            \tat org.aerpaw.portal.web.sets.SetsResource.list(SetsResource.java:40)
            """);
  }

  @Test
  void reasonShouldBeThatOfTheDriverIfTheDatabaseIsUnavailable() {
    ServerOutput output =
        read(
            """
            jakarta.resource.spi.ResourceAllocationException: Error in allocating a connection.
            Caused by: org.postgresql.util.PSQLException: Connection to 127.0.0.1:1 refused.
            Caused by: java.net.ConnectException: Connection refused
            java.lang.IllegalStateException: nothing was deployed
            """);
    assertThat(output.reason()).contains("Connection to 127.0.0.1:1 refused.");
  }

  @Test
  void reasonShouldNameAHostThatIsUnknown() {
    ServerOutput output =
        read(
            """
            java.sql.SQLException: Cannot create a connection (The connection attempt failed.)
            Caused by: org.postgresql.util.PSQLException: The connection attempt failed.
            \tat org.postgresql.Driver.connect(Driver.java:1)
            Caused by: java.net.UnknownHostException: nowhere.invalid
            \t... 3 more
            """);
    assertThat(output.reason())
        .contains("The connection attempt failed.\nUnknown host: nowhere.invalid");
  }

  @Test
  void reasonShouldElseBeTheInnermostCause() {
    ServerOutput output =
        read(
            """
            java.lang.RuntimeException: outside
            Caused by: java.lang.IllegalStateException: inside
            """);
    assertThat(output.reason()).contains("inside");
  }

  @Test
  void endOfTheOutputShouldEndTheWaitForTheStart() {
    assertThat(read("").booted().getCount()).isZero();
  }
}
