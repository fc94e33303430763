package org.aerpaw.portal.backup.diff;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.math.BigDecimal;
import java.util.List;
import org.aerpaw.portal.backup.binding.LowerCaseEnum;
import org.aerpaw.portal.backup.run.RunReport;

/**
 * The result of a comparison.
 *
 * @param from the id of the set that is compared
 * @param to the id of the set that it is compared with, or {@code database}
 * @param models the models that both have, in dump order
 * @param onlyInFrom the labels of the models that {@code to} does not have; they are not compared
 * @param onlyInTo the labels of the models that {@code from} does not have; they are not compared
 * @param differences the first {@link #MAX_DIFFERENCES} objects that differ, in dump order
 * @param seconds the duration
 */
@JsonbPropertyOrder({
  "from",
  "to",
  "models",
  "onlyInFrom",
  "onlyInTo",
  "differences",
  "warnings",
  "seconds"
})
public record DiffReport(
    String from,
    String to,
    List<ComparedModel> models,
    List<String> onlyInFrom,
    List<String> onlyInTo,
    List<DifferentObject> differences,
    List<String> warnings,
    BigDecimal seconds)
    implements RunReport {

  public static final int MAX_DIFFERENCES = 100;

  /**
   * The number of objects of one model.
   *
   * @param added those that only {@code to} has
   * @param removed those that only {@code from} has
   * @param changed those that both have, with different values
   * @param equal those that both have, with the same values
   */
  @JsonbPropertyOrder({"model", "added", "removed", "changed", "equal"})
  public record ComparedModel(String model, long added, long removed, long changed, long equal) {

    private long different() {
      return added + removed + changed;
    }
  }

  /**
   * An object that differs.
   *
   * @param pk its primary key
   * @param fields the changed fields in fixture order; empty unless it was changed
   */
  @JsonbPropertyOrder({"model", "pk", "change", "fields"})
  public record DifferentObject(String model, long pk, Change change, List<ChangedField> fields) {

    public DifferentObject {
      fields = List.copyOf(fields);
    }
  }

  /** How an object differs. */
  @JsonbTypeAdapter(Change.Adapter.class)
  public enum Change {
    ADDED,
    REMOVED,
    CHANGED;

    /** Binds the constants as lower-case names. */
    public static final class Adapter extends LowerCaseEnum<Change> {
      public Adapter() {
        super(Change.class);
      }
    }
  }

  /**
   * A field that differs.
   *
   * @param name its name in fixtures
   * @param values its values; null if they were not requested or are secret
   */
  @JsonbPropertyOrder({"name", "values"})
  public record ChangedField(String name, Values values) {}

  /**
   * The two values of a field as text, each with at most {@link ValueText#MAX_LENGTH} characters;
   * null for null.
   */
  @JsonbPropertyOrder({"from", "to"})
  public record Values(@JsonbNillable String from, @JsonbNillable String to) {}

  public DiffReport {
    models = List.copyOf(models);
    onlyInFrom = List.copyOf(onlyInFrom);
    onlyInTo = List.copyOf(onlyInTo);
    differences = List.copyOf(differences);
    warnings = List.copyOf(warnings);
  }

  @Override
  public String summary() {
    long different = models.stream().mapToLong(ComparedModel::different).sum();
    return "%s and %s, %d objects differ, %s seconds".formatted(from, to, different, seconds);
  }
}
