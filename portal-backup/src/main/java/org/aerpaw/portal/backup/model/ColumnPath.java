package org.aerpaw.portal.backup.model;

import java.util.List;

/**
 * A column of a model, or of one that it refers to.
 *
 * @param references to follow from the model on; empty for its own column
 */
public record ColumnPath(List<Field> references, Column column) {

  public ColumnPath {
    references = List.copyOf(references);
  }
}
