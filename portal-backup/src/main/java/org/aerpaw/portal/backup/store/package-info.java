/**
 * Copies of backup sets in a store outside of this machine: what is copied when, which copies are
 * kept, and how a set comes back.
 *
 * <p>The manifest, which is stored last, makes the files of a set a copy.
 */
package org.aerpaw.portal.backup.store;
