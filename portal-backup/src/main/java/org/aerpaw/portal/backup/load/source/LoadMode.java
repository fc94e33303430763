package org.aerpaw.portal.backup.load.source;

import jakarta.json.bind.annotation.JsonbTypeAdapter;
import org.aerpaw.portal.backup.binding.LowerCaseEnum;

/** How a load treats existing rows. */
@JsonbTypeAdapter(LoadMode.Adapter.class)
public enum LoadMode {
  /** Each object updates the row with its key or creates one; other rows are unchanged. */
  MERGE,
  /** Each object creates a row; the load fails if a key already exists. */
  INSERT,
  /** Like {@link #MERGE}, but rows of the loaded models without an object are deleted. */
  REPLACE;

  /** Maps the constants to their lower-case names in JSON. */
  public static final class Adapter extends LowerCaseEnum<LoadMode> {
    public Adapter() {
      super(LoadMode.class);
    }
  }
}
