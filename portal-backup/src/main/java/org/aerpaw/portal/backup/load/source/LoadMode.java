package org.aerpaw.portal.backup.load.source;

import jakarta.json.bind.annotation.JsonbTypeAdapter;
import org.aerpaw.portal.backup.binding.LowerCaseEnum;

/** What a load does with rows that are there already. */
@JsonbTypeAdapter(LoadMode.Adapter.class)
public enum LoadMode {
  /** Objects update the row with their key or make a new one; rows that no object names stay. */
  MERGE,
  /** Every object makes a new row; one whose key is there already stops the load. */
  INSERT,
  /** As {@link #MERGE}, and rows of the loaded models that no object names are deleted. */
  REPLACE;

  /** Binds the lower-case names. */
  public static final class Adapter extends LowerCaseEnum<LoadMode> {
    public Adapter() {
      super(LoadMode.class);
    }
  }
}
