/**
 * Proves that a set can be restored: its files are what its manifest says, they load into empty
 * tables, and a dump of those has the same bytes. Keeps the outcome with the set.
 *
 * <p>Verification uses tables of its own, in a transaction that is rolled back; the portal's tables
 * are only read.
 */
package org.aerpaw.portal.backup.verify;
