package org.aerpaw.portal.backup.selection;

import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.model.Model;

/**
 * Identifies an object.
 *
 * @param key its primary key
 */
public record ObjectKey(Model model, long key) {

  /** An error about the object, without a position. */
  FixtureError error(String field, String reason) {
    return new FixtureError(null, null, null, model.label(), Long.toString(key), field, reason);
  }

  /** Such as {@code users.aerpawuser(pk=3)}. */
  @Override
  public String toString() {
    return model + "(pk=" + key + ")";
  }
}
