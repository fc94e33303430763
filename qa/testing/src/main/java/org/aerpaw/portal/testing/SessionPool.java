package org.aerpaw.portal.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections to one database that are used again after they were closed, as a server's pool does.
 * Starting a session takes PostgreSQL longer than most statements of a test.
 *
 * <p>A session is reset before it is used again: no transaction, lock, setting or temporary table
 * of the previous user remains.
 */
final class SessionPool extends PGSimpleDataSource {

  /** A system property: the class that creates the sockets of connections, if not the driver. */
  private static final String SOCKET_FACTORY = "portal.testing.socketFactory";

  private static final int VALIDATION_SECONDS = 10;

  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

  SessionPool(int port, String database) {
    setServerNames(new String[] {"127.0.0.1"});
    setPortNumbers(new int[] {port});
    setDatabaseName(database);
    setUser(PostgresServer.USER);
    setApplicationName(TestDatabase.APPLICATION_NAME);
    // The driver then sends the name when it connects, not in a statement that tests would count.
    setAssumeMinServerVersion("9.0");
    setSocketFactory(System.getProperty(SOCKET_FACTORY));
  }

  @Override
  public Connection getConnection() throws SQLException {
    for (Connection session = idle.poll(); session != null; session = idle.poll()) {
      if (session.isValid(VALIDATION_SECONDS)) {
        return wrap(session);
      }
      session.close();
    }
    return wrap(super.getConnection());
  }

  /** A session that is not shared and has the default settings. */
  Connection newSession() throws SQLException {
    return super.getConnection();
  }

  /** Ends every session that is not in use. */
  void clear() {
    try {
      for (Connection session = idle.poll(); session != null; session = idle.poll()) {
        session.close();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot end the sessions on " + getDatabaseName(), e);
    }
  }

  private Connection wrap(Connection session) {
    var closed = new AtomicBoolean();
    return (Connection)
        Proxy.newProxyInstance(
            SessionPool.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "close" -> {
                    if (closed.compareAndSet(false, true)) {
                      release(session);
                    }
                    yield null;
                  }
                  case "isClosed" -> closed.get() || session.isClosed();
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> {
                    if (closed.get()) {
                      throw new SQLException("This connection has been closed.", "08003");
                    }
                    yield invoke(session, method, arguments);
                  }
                });
  }

  private static Object invoke(Connection session, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(session, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void release(Connection session) throws SQLException {
    try {
      if (!session.isClosed()) {
        reset(session);
        idle.push(session);
      }
    } catch (SQLException e) {
      // The server ended the session, as some tests have it do.
      session.close();
    }
  }

  private static void reset(Connection session) throws SQLException {
    if (!session.getAutoCommit()) {
      session.rollback();
      session.setAutoCommit(true);
    }
    session.setReadOnly(false);
    session.setNetworkTimeout(Runnable::run, 0);
    try (var statement = session.createStatement()) {
      statement.execute("DISCARD ALL");
    }
  }
}
