package org.aerpaw.portal.backup;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import javax.sql.DataSource;

/**
 * A database with which something happens before a certain statement; a COPY and the commit count
 * as statements.
 */
public final class Interference {

  /** What happens; an exception comes in the statement's place. */
  @FunctionalInterface
  public interface Event {
    void happen() throws SQLException;
  }

  private static final Set<String> STATEMENTS =
      Set.of("execute", "executeQuery", "executeUpdate", "executeLargeUpdate", "commit", "unwrap");

  /** Whether the call of a method is what to interfere with. */
  private final BiPredicate<Method, Object[]> moment;

  private final Event event;

  private Interference(BiPredicate<Method, Object[]> moment, Event event) {
    this.moment = moment;
    this.event = event;
  }

  /**
   * @param number of the statement, from 1
   */
  public static DataSource before(int number, DataSource database, Event event) {
    var left = new AtomicInteger(number);
    return new Interference(
            (method, arguments) ->
                STATEMENTS.contains(method.getName()) && left.decrementAndGet() == 0,
            event)
        .around(DataSource.class, database);
  }

  /**
   * @param part of the statement's text; the first such statement counts
   */
  public static DataSource before(String part, DataSource database, Event event) {
    var happened = new AtomicBoolean();
    return new Interference(
            (method, arguments) ->
                method.getName().equals("prepareStatement")
                    && arguments[0].toString().contains(part)
                    && happened.compareAndSet(false, true),
            event)
        .around(DataSource.class, database);
  }

  /**
   * @param part of the text of every statement that counts
   */
  public static DataSource beforeEvery(String part, DataSource database, Event event) {
    return new Interference(
            (method, arguments) ->
                method.getName().equals("prepareStatement")
                    && arguments[0].toString().contains(part),
            event)
        .around(DataSource.class, database);
  }

  private <T> T around(Class<T> type, T inner) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (moment.test(method, arguments)) {
            event.happen();
          }
          try {
            Object result = method.invoke(inner, arguments);
            return method.getName().equals("unwrap") ? result : wrapped(result);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Object wrapped(Object result) {
    if (result instanceof Connection connection) {
      return around(Connection.class, connection);
    }
    if (result instanceof PreparedStatement statement) {
      return around(PreparedStatement.class, statement);
    }
    return result instanceof Statement statement ? around(Statement.class, statement) : result;
  }
}
