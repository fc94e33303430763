package org.aerpaw.portal.backup.rows;

import java.util.List;
import java.util.Optional;
import org.aerpaw.portal.backup.model.ColumnPath;
import org.aerpaw.portal.backup.model.Model;

/**
 * Whether a dump writes natural keys, for models that have one ({@link Model#naturalKey}).
 *
 * @param naturalForeign whether references and list items are natural keys
 * @param naturalPrimary whether objects have no primary key
 */
public record NaturalKeyOptions(boolean naturalForeign, boolean naturalPrimary) {

  /** The columns of the natural key that a reference is written as; empty for its primary key. */
  List<ColumnPath> parts(Model target) {
    return naturalForeign && target != null ? target.naturalKey() : List.of();
  }

  /** The name of the first field, which links an object without primary key to its parent. */
  Optional<String> parentLink(Model model) {
    return naturalPrimary ? model.parentLink() : Optional.empty();
  }

  boolean omitsKeyOf(Model model) {
    return naturalPrimary && !model.naturalKey().isEmpty();
  }
}
