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
 * What an object is known by beside its key, as Django's {@code natural_key()} gives it: the fields
 * that are unique together, a reference among them by what its target is known by, after the plain
 * ones.
 *
 * @param key the object's key
 * @param parts as text
 */
public record NaturalKey(long key, List<String> parts) {

  /**
   * Those of all objects of a model, in the order of their keys; none if nothing is unique but the
   * key.
   */
  public static List<NaturalKey> all(Model model, Transaction transaction) throws SQLException {
    return all(model, Model::sql, transaction);
  }

  /**
   * @param tables what stands for a model in a statement
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
   * The statement that selects {@code key} and {@code parts}, an array of text, of all objects of a
   * model that has such a key.
   *
   * @param tables what stands for a model in the statement
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
   * The parts that a fixture has in a reference's place.
   *
   * @throws BadValueException if an object of the model cannot be known by them
   */
  public static List<String> parts(Model model, List<?> json) {
    int size = model.naturalKey().size();
    if (size == 0) {
      throw new BadValueException("a key is expected: " + model + " has no natural key");
    }
    if (json.size() != size) {
      throw new BadValueException(
          model
              + " is known by "
              + size
              + (size == 1 ? " value" : " values")
              + ", not by "
              + json.size());
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
