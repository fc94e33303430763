package org.aerpaw.portal.backup.encryption;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What is encrypted, and for whom.
 *
 * @param scope what is encrypted
 * @param recipients for whom
 */
public record EncryptionSettings(Scope scope, Recipients recipients) {

  /** What can be encrypted. */
  public enum Scope {
    /** Copies in the store; the sets of this server are not encrypted. */
    COPIES,
    /** Sets when they are made, and so their copies. */
    ALL
  }

  public EncryptionSettings {
    requireNonNull(scope, "scope");
    requireNonNull(recipients, "recipients");
  }

  /** For whom new sets are encrypted; empty if they are not. */
  public Optional<Recipients> forSets() {
    return scope == Scope.ALL ? Optional.of(recipients) : Optional.empty();
  }
}
