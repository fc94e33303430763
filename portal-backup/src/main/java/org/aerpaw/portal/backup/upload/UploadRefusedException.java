package org.aerpaw.portal.backup.upload;

import java.io.IOException;

/** An uploaded archive does not become a set. */
public final class UploadRefusedException extends IOException {

  /** Why. */
  public enum Reason {

    /** There is something wrong with the archive. */
    INVALID,

    /** It is larger than what is allowed, or than the space that is left. */
    TOO_LARGE,

    /** There is another set of its name. */
    CONFLICT
  }

  private final Reason reason;

  UploadRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  static UploadRefusedException invalid(String message) {
    return new UploadRefusedException(Reason.INVALID, message);
  }

  /**
   * @param maxBytes see {@link UploadService}: the next dump must have space too
   */
  static UploadRefusedException tooLarge(String what, long maxBytes) {
    return new UploadRefusedException(
        Reason.TOO_LARGE,
        what
            + ": an upload may use at most "
            + maxBytes
            + " bytes: the free space, minus what the next dump needs (the size of the newest"
            + " complete set)");
  }

  public Reason reason() {
    return reason;
  }
}
