package org.aerpaw.portal.backup.load.tables;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * How many rows of one model, or of all models, a load created, updated, left unchanged and
 * deleted.
 */
@JsonbPropertyOrder({"created", "updated", "unchanged", "deleted"})
public record Counts(long created, long updated, long unchanged, long deleted) {

  public static final Counts NONE = new Counts(0, 0, 0, 0);

  public Counts withDeleted(long rows) {
    return plus(new Counts(0, 0, 0, rows));
  }

  public Counts plus(Counts other) {
    return new Counts(
        created + other.created,
        updated + other.updated,
        unchanged + other.unchanged,
        deleted + other.deleted);
  }
}
