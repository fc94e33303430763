package org.aerpaw.portal.backup.rows.conversion;

import java.util.List;

/**
 * A reference by natural key.
 *
 * @param place the index of the field in its model; lists follow the other fields
 */
public record NaturalKeyReference(int place, List<String> parts) {

  public NaturalKeyReference {
    parts = List.copyOf(parts);
  }
}
