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

/** Remembers its open connections, so that another thread can cancel their statements. */
public final class CancellableConnections extends DelegatingDataSource {

  private final Set<Connection> open = ConcurrentHashMap.newKeySet();

  public CancellableConnections(DataSource database) {
    super(database);
  }

  @Override
  public Connection getConnection() throws SQLException {
    return remember(super.getConnection());
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return remember(super.getConnection(user, password));
  }

  /** The process ids of the open connections on the database server. */
  public List<Integer> processIds() throws SQLException {
    List<Integer> ids = new ArrayList<>();
    for (Connection connection : open) {
      synchronized (connection) {
        if (open.contains(connection)) {
          ids.add(connection.unwrap(PGConnection.class).getBackendPID());
        }
      }
    }
    return ids;
  }

  /**
   * Cancels the statement that each open connection is executing. Other connections are not
   * affected.
   */
  public void cancelStatements() throws SQLException {
    for (Connection connection : open) {
      synchronized (connection) {
        if (open.contains(connection)) {
          connection.unwrap(PGConnection.class).cancelQuery();
        }
      }
    }
  }

  private Connection remember(Connection connection) {
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
}
