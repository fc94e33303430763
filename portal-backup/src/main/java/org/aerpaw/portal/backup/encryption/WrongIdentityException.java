package org.aerpaw.portal.backup.encryption;

import java.io.IOException;

/** A file is not encrypted for the identity that was to decrypt it. */
public final class WrongIdentityException extends IOException {

  WrongIdentityException(Throwable cause) {
    super("the private key does not decrypt the file", cause);
  }
}
