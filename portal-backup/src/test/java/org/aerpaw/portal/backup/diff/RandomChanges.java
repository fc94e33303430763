package org.aerpaw.portal.backup.diff;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;

/**
 * Adds, changes and removes random rows of all models; the same seed makes the same changes.
 * Foreign keys are not checked, so rows may refer to missing ones.
 */
final class RandomChanges implements AutoCloseable {

  private static final int MAX_KEY = 12;
  private static final List<String> TEXTS =
      List.of("", "a", "A", "\u00e4", "\uD83D\uDE80", "\"", "\\", "\n", " ", "\u2028");
  private static final List<String> NUMBERS =
      List.of("NaN", "Infinity", "0", "-0.0", "0.1", "1e300", "123456789.125");

  private final List<Model> models;
  private final Random random;
  private final Connection connection;

  RandomChanges(TestPortal portal, long seed) throws SQLException {
    models = List.copyOf(portal.registry.models());
    random = new Random(seed);
    connection = portal.database.connect();
    execute("SET session_replication_role = replica");
  }

  void make(int changes) throws SQLException {
    for (int i = 0; i < changes; i++) {
      Model model = models.get(random.nextInt(models.size()));
      int key = 1 + random.nextInt(MAX_KEY);
      switch (random.nextInt(5)) {
        case 0 -> remove(model, key);
        case 1 -> update(model, key);
        case 2 -> changeList(model, key);
        default -> add(model, key);
      }
    }
  }

  private void add(Model model, int key) throws SQLException {
    List<String> columns = new ArrayList<>(List.of(model.key().sql()));
    List<String> values = new ArrayList<>(List.of(Integer.toString(key)));
    for (Field field : model.fields()) {
      columns.add(field.column().sql());
      values.add(value(field));
    }
    execute(
        "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE VALUES (%s) ON CONFLICT DO NOTHING"
            .formatted(
                model.sql(),
                String.join(", ", columns),
                String.join(", ", Collections.nCopies(columns.size(), "?"))),
        values.toArray(String[]::new));
  }

  /** Does nothing if another row has a value that must be unique. */
  private void update(Model model, int key) throws SQLException {
    if (model.fields().isEmpty()) {
      return;
    }
    Field field = model.fields().get(random.nextInt(model.fields().size()));
    boolean unique = model.uniques().stream().anyMatch(fields -> fields.contains(field));
    if (!unique) {
      execute(
          "UPDATE %s SET %s = ? WHERE %s = %d"
              .formatted(model.sql(), field.column().sql(), model.key().sql(), key),
          value(field));
    }
  }

  private void changeList(Model model, int key) throws SQLException {
    for (ListField list : model.lists()) {
      String pair =
          "%s = %d AND %s = %d"
              .formatted(
                  list.source().sql(), key, list.target().sql(), 1 + random.nextInt(MAX_KEY));
      if (random.nextBoolean()) {
        execute("DELETE FROM %s WHERE %s".formatted(list.sql(), pair));
      } else {
        execute(
            "INSERT INTO %s (%s, %s) VALUES (%s) ON CONFLICT DO NOTHING"
                .formatted(
                    list.sql(),
                    list.source().sql(),
                    list.target().sql(),
                    pair.replaceAll("\\S+ = (\\d+) AND \\S+ = (\\d+)", "$1, $2")));
      }
    }
  }

  private void remove(Model model, int key) throws SQLException {
    for (ListField list : model.lists()) {
      execute("DELETE FROM %s WHERE %s = %d".formatted(list.sql(), list.source().sql(), key));
    }
    execute("DELETE FROM %s WHERE %s = %d".formatted(model.sql(), model.key().sql(), key));
  }

  /** A value as text; null for null. */
  private String value(Field field) {
    if (field.nullable() && random.nextInt(4) == 0) {
      return null;
    }
    String type = field.column().type().postgresTypes().iterator().next();
    return switch (type) {
      case "bool" -> Boolean.toString(random.nextBoolean());
      case "int2", "int4", "int8" -> Integer.toString(1 + random.nextInt(MAX_KEY));
      case "float8" -> NUMBERS.get(random.nextInt(NUMBERS.size()));
      case "timestamptz" -> "202%d-01-01T00:00:00.00%d00%dZ".formatted(digit(), digit(), digit());
      case "date" -> "202%d-02-0%d".formatted(digit(), 1 + digit());
      case "time" -> "0%d:00:00.00%d".formatted(digit(), digit());
      default -> TEXTS.get(random.nextInt(TEXTS.size())) + digit();
    };
  }

  /** From 0 to 3, so that values are often equal. */
  private int digit() {
    return random.nextInt(4);
  }

  private void execute(String sql, String... values) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i], Types.OTHER);
      }
      statement.execute();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
