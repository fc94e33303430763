package org.aerpaw.portal.backup.diff;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;

/**
 * What to compare, as accepted by the API. Null components get their default values.
 *
 * @param from {@code latest} or the name of a set
 * @param to {@code database}, {@code latest} or the name of a set
 * @param models apps ({@code users}) and models ({@code projects.userproject}); empty for all
 *     models that both sides have
 * @param values whether the report contains values, except those of secret fields
 */
@JsonbPropertyOrder({"from", "to", "models", "values"})
public record DiffRequest(String from, String to, List<String> models, boolean values) {

  public static final String LATEST = "latest";
  public static final String DATABASE = "database";

  /** Compares the newest complete set with the database. */
  public static final DiffRequest DEFAULT = new DiffRequest(null, null, null, false);

  public DiffRequest {
    from = from == null ? LATEST : from;
    to = to == null ? DATABASE : to;
    models = models == null ? List.of() : List.copyOf(models);
  }
}
