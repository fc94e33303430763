package org.aerpaw.portal.backup.load;

/** What a load did with the objects of a model, or of all. */
record Counts(long created, long updated, long unchanged, long deleted) {

  static final Counts NONE = new Counts(0, 0, 0, 0);

  Counts deleting(long rows) {
    return plus(new Counts(0, 0, 0, rows));
  }

  Counts plus(Counts other) {
    return new Counts(
        created + other.created,
        updated + other.updated,
        unchanged + other.unchanged,
        deleted + other.deleted);
  }
}
