package org.aerpaw.portal.backup.selection;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;

/**
 * The selected objects and why each of them is selected.
 *
 * @param objects the first {@link #MAX_OBJECTS}, in the order in which they were found
 * @param more the number of further ones
 */
@JsonbPropertyOrder({"objects", "more"})
public record SelectionReport(List<SelectedObject> objects, long more) {

  public static final int MAX_OBJECTS = 1000;

  /**
   * A selected object.
   *
   * @param reason such as {@code project_creator of projects.aerpawproject(pk=7)}
   */
  @JsonbPropertyOrder({"model", "pk", "reason"})
  public record SelectedObject(String model, long pk, String reason) {

    @Override
    public String toString() {
      return model + "(pk=" + pk + "): " + reason;
    }
  }

  public SelectionReport {
    objects = List.copyOf(objects);
  }
}
