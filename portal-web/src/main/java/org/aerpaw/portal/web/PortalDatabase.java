package org.aerpaw.portal.web;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The portal's PostgreSQL as {@code java:app/jdbc/portal}, where the settings say it is.
 *
 * <p>A dump or a load holds its connection for as long as it takes: the pool takes none back and
 * sets no limit to a statement. A connection that the database has closed is noticed when it is
 * asked for, so that the portal outlives a restart of the database.
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
