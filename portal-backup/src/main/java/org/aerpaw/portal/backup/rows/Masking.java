package org.aerpaw.portal.backup.rows;

import java.util.List;
import org.aerpaw.portal.backup.model.Column;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.SortKey;
import org.aerpaw.portal.backup.model.column.JsonValueWriter;

/**
 * Decides which values are written as others. Lists are then sorted by key only, since their order
 * would tell something of the values that they are sorted by.
 */
@FunctionalInterface
public interface Masking {

  /** Everything is written as it is. */
  Masking NONE =
      new Masking() {
        @Override
        public JsonValueWriter writer(Model model, Column column) {
          return column.type();
        }

        @Override
        public List<SortKey> ordering(ListField list) {
          return list.ordering();
        }
      };

  /** The rows are those of a masked set. */
  Masking DONE = (model, column) -> column.type();

  /** Writes the values of a column that are not null; for use in one thread. */
  JsonValueWriter writer(Model model, Column column);

  /** How the keys of a list are sorted before they are by themselves. */
  default List<SortKey> ordering(ListField list) {
    return List.of();
  }
}
