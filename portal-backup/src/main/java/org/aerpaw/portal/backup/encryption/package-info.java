/**
 * Encryption of backup sets with age (age-encryption.org/v1), by the library jagged: files for
 * recipients, which are public keys, and back with an identity, which is a private key.
 *
 * <p>{@link org.aerpaw.portal.backup.encryption.SetEncryption} encrypts the files of a set. What an
 * encrypted set consists of is specified in docs/adr/0033.
 */
package org.aerpaw.portal.backup.encryption;
