package org.aerpaw.portal.backup.upload;

import java.io.IOException;

/** An uploaded archive does not become a set. */
public final class UploadRefusedException extends IOException {

  /** Why. */
  public enum Cause {

    /** There is something wrong with the archive. */
    INVALID,

    /** It is larger than what is allowed, or than the space that is left. */
    TOO_LARGE,

    /** There is another set of its name. */
    CONFLICT
  }

  private final Cause reason;

  UploadRefusedException(Cause reason, String message) {
    super(message);
    this.reason = reason;
  }

  static UploadRefusedException invalid(String message) {
    return new UploadRefusedException(Cause.INVALID, message);
  }

  public Cause reason() {
    return reason;
  }
}
