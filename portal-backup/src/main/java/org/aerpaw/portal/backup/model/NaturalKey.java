package org.aerpaw.portal.backup.model;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.model.column.JsonKind;
import org.aerpaw.portal.backup.model.column.TextColumn;
import org.aerpaw.portal.backup.postgres.Transaction;

/**
 * The natural key of an object, as Django's {@code natural_key()} returns it: the fields that are
 * unique together, first the values, then the references as natural keys of their targets.
 *
 * @param key the primary key
 * @param parts the parts of the natural key as text
 */
public record NaturalKey(long key, List<String> parts) {

  /**
   * Reads the natural keys of all objects, sorted by primary key; none if the model has no natural
   * key.
   */
  public static List<NaturalKey> all(Model model, Transaction transaction) throws SQLException {
    return all(model, Model::sql, transaction);
  }

  /**
   * @param tables the table of a model in the statement
   */
  public static List<NaturalKey> all(
      Model model, Function<Model, String> tables, Transaction transaction) throws SQLException {
    return model.naturalKey().isEmpty()
        ? List.of()
        : transaction.query(
            row ->
                new NaturalKey(
                    row.getLong(1), Arrays.asList((String[]) row.getArray(2).getArray())),
            query(model, tables) + " ORDER BY 1");
  }

  /**
   * Builds a statement that selects {@code key} and {@code parts}, an array of text, for all
   * objects of a model with a natural key.
   *
   * @param tables the table of a model in the statement
   */
  public static String query(Model model, Function<Model, String> tables) {
    var joins = new Joins("t", tables);
    String parts =
        model.naturalKey().stream()
            .map(part -> joins.column(part) + "::text")
            .collect(joining(", "));
    return "SELECT t."
        + model.key().sql()
        + " AS key, ARRAY["
        + parts
        + "] AS parts FROM "
        + tables.apply(model)
        + " t"
        + joins.sql();
  }

  /**
   * Converts a natural key in a fixture.
   *
   * @throws BadValueException if it is not a natural key of the model
   */
  public static List<String> parts(Model model, List<?> json) {
    int size = model.naturalKey().size();
    if (size == 0) {
      throw new BadValueException(
          "a primary key is expected, since " + model + " has no natural key");
    }
    if (json.size() != size) {
      throw new BadValueException(
          "the natural key of %s has %d %s, not %d"
              .formatted(model, size, size == 1 ? "part" : "parts", json.size()));
    }
    return json.stream().map(NaturalKey::part).toList();
  }

  private static String part(Object json) {
    if (json instanceof String text) {
      return TextColumn.UNLIMITED.convert(text, null);
    }
    if (json instanceof Long || json instanceof Boolean) {
      return json.toString();
    }
    throw JsonKind.unexpected("text or a whole number", json);
  }
}
