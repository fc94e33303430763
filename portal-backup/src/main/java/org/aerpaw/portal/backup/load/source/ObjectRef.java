package org.aerpaw.portal.backup.load.source;

/**
 * Identifies the object of a load that a staged row was created from.
 *
 * @param file the index of the file in the load
 * @param object the index of the object in the file
 */
public record ObjectRef(int file, long object) implements Comparable<ObjectRef> {

  private static final int OBJECT_BITS = 40;

  /** Encodes the reference as a number that sorts in load order. */
  public long number() {
    return (long) file << OBJECT_BITS | object;
  }

  public static ObjectRef of(long number) {
    return new ObjectRef((int) (number >> OBJECT_BITS), number & (1L << OBJECT_BITS) - 1);
  }

  @Override
  public int compareTo(ObjectRef other) {
    return Long.compare(number(), other.number());
  }
}
