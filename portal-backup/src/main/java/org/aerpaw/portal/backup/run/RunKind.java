package org.aerpaw.portal.backup.run;

import jakarta.json.bind.annotation.JsonbTypeAdapter;
import org.aerpaw.portal.backup.binding.LowerCaseEnum;

/** The kind of a run. */
@JsonbTypeAdapter(RunKind.Adapter.class)
public enum RunKind {
  DUMP,
  LOAD,
  VERIFY,
  DIFF,
  COPY(RunGroup.COPY),
  FETCH(RunGroup.FETCH);

  private final RunGroup group;

  RunKind() {
    this(RunGroup.DATABASE);
  }

  RunKind(RunGroup group) {
    this.group = group;
  }

  /** The runs that cannot be in progress at the same time. */
  public RunGroup group() {
    return group;
  }

  /** The name in JSON, in the history and in the log. */
  public String text() {
    return LowerCaseEnum.text(this);
  }

  /** The name in sentences. */
  public String noun() {
    return this == VERIFY ? "verification" : text();
  }

  /** Binds the constants as lower-case names. */
  public static final class Adapter extends LowerCaseEnum<RunKind> {
    public Adapter() {
      super(RunKind.class);
    }
  }
}
