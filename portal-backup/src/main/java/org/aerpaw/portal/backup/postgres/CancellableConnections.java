package org.aerpaw.portal.backup.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Tracks open connections, so that another thread can cancel their statements. */
public final class CancellableConnections {

  private final Set<Connection> databaseConnections = ConcurrentHashMap.newKeySet();
  private final Set<Connection> standbyConnections = ConcurrentHashMap.newKeySet();

  /** A data source whose connections can be cancelled until they are closed. */
  public DataSource of(DataSource database) {
    return new Tracking(database);
  }

  /** The data source that was given to {@link #of}, whose connections are not tracked. */
  static DataSource notCancellable(DataSource database) {
    return database instanceof Tracking tracking ? tracking.database : database;
  }

  /** The process ids of the open connections on the database server, without those to a standby. */
  public List<Integer> processIds() throws SQLException {
    List<Integer> ids = new ArrayList<>();
    forEach(databaseConnections, connection -> ids.add(connection.getBackendPID()));
    return ids;
  }

  /** Cancels the statements that the open connections are executing. */
  public void cancelStatements() throws SQLException {
    forEach(databaseConnections, PGConnection::cancelQuery);
    forEach(standbyConnections, PGConnection::cancelQuery);
  }

  private interface Action {
    void on(PGConnection connection) throws SQLException;
  }

  private static void forEach(Set<Connection> connections, Action action) throws SQLException {
    for (Connection connection : connections) {
      synchronized (connection) {
        if (connections.contains(connection)) {
          action.on(connection.unwrap(PGConnection.class));
        }
      }
    }
  }

  private Connection track(Connection connection, Set<Connection> connections) {
    connections.add(connection);
    return (Connection)
        Proxy.newProxyInstance(
            CancellableConnections.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> invoke(connection, connections, method, arguments));
  }

  private static Object invoke(
      Connection connection, Set<Connection> connections, Method method, Object[] arguments)
      throws Throwable {
    if (method.getName().equals("close")) {
      // A pool may give a closed connection to another user at once.
      synchronized (connection) {
        connections.remove(connection);
      }
    }
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private final class Tracking extends DelegatingDataSource {

    private final Set<Connection> connections;

    Tracking(DataSource database) {
      super(database);
      this.connections = database instanceof Standby ? standbyConnections : databaseConnections;
    }

    @Override
    public Connection getConnection() throws SQLException {
      return track(super.getConnection(), connections);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return track(super.getConnection(user, password), connections);
    }
  }
}
