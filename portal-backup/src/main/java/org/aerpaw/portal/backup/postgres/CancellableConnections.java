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

  private final Set<Connection> open = ConcurrentHashMap.newKeySet();

  /** A data source whose connections can be cancelled until they are closed. */
  public DataSource of(DataSource database) {
    return new Tracking(database);
  }

  /** The data source that was given to {@link #of}, whose connections are not tracked. */
  static DataSource notCancellable(DataSource database) {
    return database instanceof Tracking tracking ? tracking.database : database;
  }

  /** The process ids of the open connections on the database server. */
  public List<Integer> processIds() throws SQLException {
    List<Integer> ids = new ArrayList<>();
    forEach(connection -> ids.add(connection.getBackendPID()));
    return ids;
  }

  /** Cancels the statements that the open connections are executing. */
  public void cancelStatements() throws SQLException {
    forEach(PGConnection::cancelQuery);
  }

  private interface Action {
    void on(PGConnection connection) throws SQLException;
  }

  private void forEach(Action action) throws SQLException {
    for (Connection connection : open) {
      synchronized (connection) {
        if (open.contains(connection)) {
          action.on(connection.unwrap(PGConnection.class));
        }
      }
    }
  }

  private Connection track(Connection connection) {
    open.add(connection);
    return (Connection)
        Proxy.newProxyInstance(
            CancellableConnections.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> invoke(connection, method, arguments));
  }

  private Object invoke(Connection connection, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("close")) {
      // A pool may give a closed connection to another user at once.
      synchronized (connection) {
        open.remove(connection);
      }
    }
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private final class Tracking extends DelegatingDataSource {

    Tracking(DataSource database) {
      super(database);
    }

    @Override
    public Connection getConnection() throws SQLException {
      return track(super.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
      return track(super.getConnection(user, password));
    }
  }
}
