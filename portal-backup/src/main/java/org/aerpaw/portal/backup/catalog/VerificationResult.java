package org.aerpaw.portal.backup.catalog;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.time.Instant;
import java.util.Objects;
import org.aerpaw.portal.backup.binding.LowerCaseEnum;

/**
 * The content of a set's {@code verified.json}: how its last verification ended.
 *
 * @param portal the version of the portal that verified the set
 */
@JsonbPropertyOrder({"verifiedAt", "portal", "result"})
public record VerificationResult(Instant verifiedAt, String portal, Result result) {

  /** The file in the set. */
  public static final String FILE = "verified.json";

  /** Whether the set can be restored. */
  @JsonbTypeAdapter(Result.Adapter.class)
  public enum Result {
    PASSED,
    FAILED;

    /** Binds the lower-case names. */
    public static final class Adapter extends LowerCaseEnum<Result> {
      public Adapter() {
        super(Result.class);
      }
    }
  }

  public VerificationResult {
    Objects.requireNonNull(verifiedAt, "verifiedAt");
    Objects.requireNonNull(portal, "portal");
    Objects.requireNonNull(result, "result");
  }

  public boolean passed() {
    return result == Result.PASSED;
  }
}
