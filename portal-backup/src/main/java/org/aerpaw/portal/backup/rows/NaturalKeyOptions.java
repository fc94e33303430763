package org.aerpaw.portal.backup.rows;

import java.util.List;
import java.util.Optional;
import org.aerpaw.portal.backup.model.ColumnPath;
import org.aerpaw.portal.backup.model.Model;

/**
 * What a dump writes for keys. Natural keys concern models that have one ({@link
 * Model#naturalKey}).
 *
 * @param naturalForeign whether references and the items of lists are natural keys
 * @param naturalPrimary whether objects are without their keys
 */
public record NaturalKeyOptions(boolean naturalForeign, boolean naturalPrimary) {

  /** The columns that a reference to a model is written as; empty for its key. */
  List<ColumnPath> parts(Model target) {
    return naturalForeign && target != null ? target.naturalKey() : List.of();
  }

  /**
   * What stands before an object's fields for its key; Django shows it so that objects without a
   * key find their parents.
   */
  Optional<String> parentLink(Model model) {
    return naturalPrimary ? model.parentLink() : Optional.empty();
  }

  boolean leavesOutKeyOf(Model model) {
    return naturalPrimary && !model.naturalKey().isEmpty();
  }
}
