package org.aerpaw.portal.backup.selection;

/**
 * A reference of an object to another one.
 *
 * @param field the name of the field or list; null for a reference to the parent
 */
public record Reference(Kind kind, String field, ObjectKey target) {

  /** How an object refers to another one. */
  public enum Kind {
    /** By a foreign key. */
    FIELD,
    /** By a foreign key, and it is deleted with the target. */
    OWNER,
    /** By an entry of a list. */
    LIST,
    /** It extends the target, which has the same key, and is deleted with it. */
    PARENT
  }

  /** Whether the object belongs to the target and is deleted with it. */
  public boolean isOwning() {
    return kind == Kind.OWNER || kind == Kind.PARENT;
  }
}
