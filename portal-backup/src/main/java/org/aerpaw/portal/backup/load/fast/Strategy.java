package org.aerpaw.portal.backup.load.fast;

import jakarta.json.bind.annotation.JsonbTypeAdapter;
import org.aerpaw.portal.backup.binding.LowerCaseEnum;

/** How the objects of one model get into its table. */
@JsonbTypeAdapter(Strategy.Adapter.class)
public enum Strategy {
  /** The table is empty: objects are copied straight into it. */
  COPY,
  /**
   * The table has rows: they are read beside the file, both in the order of their keys. Only the
   * objects that differ are staged.
   */
  COMPARE,
  /** All objects are copied into a staging table first. */
  STAGE;

  /** Binds the lower-case names. */
  public static final class Adapter extends LowerCaseEnum<Strategy> {
    public Adapter() {
      super(Strategy.class);
    }
  }
}
