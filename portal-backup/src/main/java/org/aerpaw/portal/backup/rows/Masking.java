package org.aerpaw.portal.backup.rows;

import java.util.List;
import org.aerpaw.portal.backup.model.Column;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.SortKey;
import org.aerpaw.portal.backup.model.column.JsonValueWriter;

/**
 * Decides which values are replaced. Masked lists are sorted by key only, since any other order
 * would reveal something about the values that they are sorted by.
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
  Masking ALREADY_MASKED = (model, column) -> column.type();

  /** Writes the values of a column that are not null; for use in one thread. */
  JsonValueWriter writer(Model model, Column column);

  /** The sort terms of a list that precede the key itself. */
  default List<SortKey> ordering(ListField list) {
    return List.of();
  }
}
