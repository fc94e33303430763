package org.aerpaw.portal.backup.load.source;

/**
 * Which object of a load a staged row comes from.
 *
 * @param file the place of the file in the load, from 0
 * @param object the place of the object in the file, from 0
 */
public record ObjectRef(int file, long object) implements Comparable<ObjectRef> {

  private static final int OBJECT_BITS = 40;

  /** As one number, in the order of the load. */
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
