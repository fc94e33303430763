package org.aerpaw.portal.backup.postgres;

import static java.util.Objects.requireNonNull;

import javax.sql.DataSource;
import org.aerpaw.portal.backup.postgres.copy.CopySocketFactory;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where the standby is that dumps read from.
 *
 * @param password null for none
 */
public record StandbyAddress(String host, int port, String database, String user, String password) {

  public StandbyAddress {
    requireNonNull(host);
    requireNonNull(database);
    requireNonNull(user);
  }

  DataSource dataSource() {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {host});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(database);
    source.setUser(user);
    source.setPassword(password);
    source.setApplicationName("portal");
    source.setTcpKeepAlive(true);
    source.setSocketFactory(CopySocketFactory.class.getName());
    return source;
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
