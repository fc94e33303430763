package org.aerpaw.portal.backup.selection;

/**
 * Why an object is selected.
 *
 * @param reference between the object and the other one, in either direction; null for {@link
 *     #REQUESTED}
 * @param other the object that this one is selected for; null for {@link #REQUESTED}
 */
record Reason(Reference reference, ObjectKey other) {

  static final Reason REQUESTED = new Reason(null, null);

  /** It belongs to the target of one of its references. */
  static Reason belongs(Reference toOwner) {
    return new Reason(toOwner, toOwner.target());
  }

  /** Another object refers to it. */
  static Reason referredTo(Reference fromOther, ObjectKey other) {
    return new Reason(fromOther, other);
  }

  @Override
  public String toString() {
    if (reference == null) {
      return "requested";
    }
    boolean belongs = reference.target().equals(other);
    return switch (reference.kind()) {
      case PARENT -> (belongs ? "extends " : "parent of ") + other;
      case FIELD, OWNER, LIST ->
          belongs
              ? "its " + reference.field() + " is " + other
              : reference.field() + " of " + other;
    };
  }
}
