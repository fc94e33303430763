package org.aerpaw.portal.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.testing.TableContents;
import org.aerpaw.portal.testing.TestDatabase;
import org.jboss.arquillian.container.test.api.Deployer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the whole is for: a database is dumped, lost and restored, to the last row, on whatever
 * server.
 */
public abstract class RestoreContract {

  /** The deployment's name; it is not deployed before a test says so. */
  public static final String DEPLOYMENT = "portal";

  private final TestDatabase database = Surroundings.get().database();
  private final ServedPortal portal = Surroundings.get().portal();

  protected abstract Deployer deployer();

  @BeforeEach
  @AfterEach
  void startOnAnEmptyDatabase() throws IOException {
    database.clear();
    removeDjangoSet();
  }

  @Test
  void restoreShouldBringBackEveryRowOfEveryTable() throws IOException {
    deployer().deploy(DEPLOYMENT);
    assertThat(TableContents.of(database).get("auth_group")).hasSize(4);
    addDjangoSet();
    assertDone(portal.run("api/loads", "{\"from\": \"fixtures\"}"));
    Map<String, List<String>> before = TableContents.of(database);
    assertThat(before.get("users_aerpawuser")).hasSize(40);
    assertDone(portal.run("api/dumps", "{}"));
    assertDumpedAsDjangoDid();
    deployer().undeploy(DEPLOYMENT);

    startOnAnEmptyDatabase();
    deployer().deploy(DEPLOYMENT);
    assertThat(TableContents.of(database).get("users_aerpawuser")).isEmpty();
    assertDone(portal.run("api/loads", "{\"from\": \"dumpdata\"}"));
    assertThat(TableContents.of(database)).isEqualTo(before);
    deployer().undeploy(DEPLOYMENT);
  }

  private static void assertDone(JsonObject run) {
    assertThat(run.getString("state")).as(run.toString()).isEqualTo("done");
  }

  private static void assertDumpedAsDjangoDid() throws IOException {
    for (Path file : djangoFiles()) {
      Path dumped = Surroundings.get().dumpdata().resolve(file.getFileName());
      assertThat(dumped).hasSameBinaryContentAs(file);
    }
  }

  private static void addDjangoSet() throws IOException {
    for (Path file : djangoFiles()) {
      Files.copy(file, Surroundings.get().fixtures().resolve(file.getFileName()));
    }
  }

  private static void removeDjangoSet() throws IOException {
    for (Path file : djangoFiles()) {
      Files.deleteIfExists(Surroundings.get().fixtures().resolve(file.getFileName()));
    }
  }

  /** Those of the portal's apps; the roles are among the project's own fixtures. */
  private static List<Path> djangoFiles() throws IOException {
    try (var files = Files.list(Surroundings.djangoSet())) {
      return files.filter(file -> !file.endsWith("aerpaw_roles.json")).toList();
    }
  }
}
