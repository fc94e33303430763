package org.aerpaw.portal.backup.load.fast;

import jakarta.json.bind.annotation.JsonbTypeAdapter;
import org.aerpaw.portal.backup.binding.LowerCaseEnum;

/** How the objects of a model are loaded into its table. */
@JsonbTypeAdapter(Strategy.Adapter.class)
public enum Strategy {
  /** The table is empty, and objects are copied directly into it. */
  COPY,
  /**
   * Objects are compared with the rows in primary key order, and only different ones are staged.
   */
  COMPARE,
  /** All objects are copied into a staging table. */
  STAGE;

  /** Maps the constants to their lower-case names in JSON. */
  public static final class Adapter extends LowerCaseEnum<Strategy> {
    public Adapter() {
      super(Strategy.class);
    }
  }
}
