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

  /**
   * The model of the column.
   *
   * @param start the model that the path starts at
   */
  public Model owner(Model start) {
    return references.isEmpty() ? start : references.get(references.size() - 1).target();
  }
}
