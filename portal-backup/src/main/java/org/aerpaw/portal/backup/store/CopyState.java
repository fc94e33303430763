package org.aerpaw.portal.backup.store;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import org.aerpaw.portal.backup.binding.LowerCaseEnum;

/**
 * The copy of a set in a store.
 *
 * @param error why it failed the last time; null if it did not
 */
@JsonbPropertyOrder({"store", "state", "error"})
public record CopyState(String store, State state, String error) {

  /** Whether there is a copy. */
  @JsonbTypeAdapter(State.Adapter.class)
  public enum State {
    COPIED,

    /** It is to be made, or made again after a failure. */
    PENDING;

    /** Binds the lower-case names. */
    public static final class Adapter extends LowerCaseEnum<State> {
      public Adapter() {
        super(State.class);
      }
    }
  }
}
