package org.aerpaw.portal.backup.model;

import java.util.List;

/**
 * A column of a model or of a model that it refers to.
 *
 * @param references the references from the model to the column's model; empty for its own column
 */
public record ColumnPath(List<Field> references, Column column) {

  public ColumnPath {
    references = List.copyOf(references);
  }
}
