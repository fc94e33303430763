package org.aerpaw.portal.backup.selection;

import jakarta.json.bind.annotation.JsonbTypeAdapter;
import org.aerpaw.portal.backup.binding.LowerCaseEnum;

/** Which objects are selected besides the requested ones. */
@JsonbTypeAdapter(RelatedObjects.Adapter.class)
public enum RelatedObjects {
  /** No others. */
  NOTHING,
  /** Objects that the selected ones refer to, by foreign keys and lists. */
  REFERENCES,
  /** Also objects that belong to the requested ones, which would be deleted with them. */
  OWNED;

  /** Maps the constants to their lower-case names in JSON. */
  public static final class Adapter extends LowerCaseEnum<RelatedObjects> {
    public Adapter() {
      super(RelatedObjects.class);
    }
  }
}
