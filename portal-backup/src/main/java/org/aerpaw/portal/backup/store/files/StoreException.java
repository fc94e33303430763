package org.aerpaw.portal.backup.store.files;

import java.io.IOException;

/** A store cannot do what it should. The message says why, without paths and credentials. */
public final class StoreException extends IOException {

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
