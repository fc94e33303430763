/**
 * Masked sets: dumps in which values that identify people or give access are replaced.
 *
 * <p>A profile, a file with a rule for each field, says what is replaced by what. Generated values
 * are pseudonyms: an HMAC of the value under the masking key, so that equal values stay equal
 * wherever they occur.
 */
package org.aerpaw.portal.backup.masking;
