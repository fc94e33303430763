package org.aerpaw.portal.backup.run;

import jakarta.json.bind.annotation.JsonbTypeAdapter;
import org.aerpaw.portal.backup.binding.LowerCaseEnum;

/** The state of a run. All but {@code RUNNING} are final. */
@JsonbTypeAdapter(RunState.Adapter.class)
public enum RunState {
  RUNNING,
  DONE,
  FAILED,

  /** The server that ran it stopped before it ended. */
  INTERRUPTED,

  /** It was scheduled but never started. */
  SKIPPED;

  /** The name in JSON and in the history. */
  public String text() {
    return LowerCaseEnum.text(this);
  }

  /** Binds the constants as lower-case names. */
  public static final class Adapter extends LowerCaseEnum<RunState> {
    public Adapter() {
      super(RunState.class);
    }
  }
}
