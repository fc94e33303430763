package org.aerpaw.portal.backup.selection;

import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.Model;

/**
 * The objects that a search asks for.
 *
 * @param keys objects to find
 * @param owners objects whose own objects are to be found
 */
public record SearchTerms(KeySet keys, KeySet owners) {

  /** Whether objects of a model can be among them. */
  public boolean mayMatch(Model model) {
    return keys.models().contains(model)
        || model.parent().filter(owners.models()::contains).isPresent()
        || model.fields().stream().anyMatch(this::isOwnedBySome);
  }

  /** Whether a field can refer to one of the owners. */
  public boolean isOwnedBySome(Field field) {
    return field.owned() && owners.models().contains(field.target());
  }
}
