package org.aerpaw.portal.web;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Defines the data source {@code java:app/jdbc/portal} from the settings.
 *
 * <p>Dumps and loads use a connection for a long time, so the pool reclaims none and sets no
 * statement timeout. It validates connections before use, so that the portal survives a restart of
 * the database.
 */
@ApplicationScoped
@DataSourceDefinition(
    name = "java:app/jdbc/portal",
    className = "org.postgresql.ds.PGSimpleDataSource",
    url =
        "jdbc:postgresql://${MPCONFIG=postgres.host:localhost}:${MPCONFIG=postgres.port:5432}/${MPCONFIG=postgres.db:postgres}"
            + "?ApplicationName=portal&tcpKeepAlive=true&reWriteBatchedInserts=true",
    user = "${MPCONFIG=postgres.user:postgres}",
    password = "${MPCONFIG=postgres.password:}",
    minPoolSize = 2,
    maxPoolSize = 20,
    properties = {
      "fish.payara.is-connection-validation-required=true",
      "fish.payara.connection-validation-method=custom-validation",
      "fish.payara.validation-classname=org.glassfish.api.jdbc.validation.PostgresConnectionValidation"
    })
class PortalDatabase {}
