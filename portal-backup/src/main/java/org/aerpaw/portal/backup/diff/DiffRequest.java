package org.aerpaw.portal.backup.diff;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;
import org.aerpaw.portal.backup.encryption.Identity;

/**
 * What to compare, as accepted by the API. Null components get their default values.
 *
 * @param from {@code latest} or the id of a set
 * @param to {@code database}, {@code latest} or the name of a set
 * @param models apps ({@code users}) and models ({@code projects.userproject}); empty for all
 *     models that both sides have
 * @param values whether the report contains values, except those of secret fields
 * @param identity the private keys that decrypt encrypted sets; null for none
 */
@JsonbPropertyOrder({"from", "to", "models", "values", "identity"})
public record DiffRequest(
    String from, String to, List<String> models, boolean values, Identity identity) {

  public static final String LATEST = "latest";
  public static final String DATABASE = "database";

  /** Compares the newest complete set with the database. */
  public static final DiffRequest DEFAULT = new DiffRequest(null, null, null, false, null);

  public DiffRequest {
    from = from == null ? LATEST : from;
    to = to == null ? DATABASE : to;
    models = models == null ? List.of() : List.copyOf(models);
  }

  /** Overwrites the identity, after which the request cannot be used again. */
  public void forgetIdentity() {
    if (identity != null) {
      identity.close();
    }
  }
}
