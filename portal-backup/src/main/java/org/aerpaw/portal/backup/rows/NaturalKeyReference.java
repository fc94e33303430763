package org.aerpaw.portal.backup.rows;

import java.util.List;

/**
 * A reference to an object by what it is known by beside its key.
 *
 * @param place of the field in its model; lists come after all other fields
 */
public record NaturalKeyReference(int place, List<String> parts) {

  public NaturalKeyReference {
    parts = List.copyOf(parts);
  }
}
