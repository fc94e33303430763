package org.aerpaw.portal.domain;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.Map;
import java.util.function.Function;
import org.aerpaw.portal.testing.TestDatabase;
import org.flywaydb.core.Flyway;

/** A database with the portal's schema, and the persistence unit on it. */
final class PortalDatabase {

  private PortalDatabase() {}

  /** A new database that holds what the migrations make and nothing else. */
  static TestDatabase migrated() {
    var database = TestDatabase.empty();
    Flyway.configure().dataSource(database.dataSource()).defaultSchema("fixtures").load().migrate();
    return database;
  }

  static EntityManagerFactory open(TestDatabase database) {
    return Persistence.createEntityManagerFactory(
        "portal",
        Map.of(
            "jakarta.persistence.nonJtaDataSource",
            database.dataSource(),
            // Warns of what tests provoke, and of references that are lazy on a server only.
            "eclipselink.logging.level",
            "SEVERE"));
  }

  /** Does something in a transaction of its own. */
  static <T> T inTransaction(EntityManagerFactory factory, Function<EntityManager, T> work) {
    try (var entities = factory.createEntityManager()) {
      entities.getTransaction().begin();
      T result = work.apply(entities);
      entities.getTransaction().commit();
      return result;
    }
  }
}
