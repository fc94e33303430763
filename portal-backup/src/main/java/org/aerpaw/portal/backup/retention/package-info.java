/**
 * Retention: which backup sets are kept, and why.
 *
 * <p>{@link org.aerpaw.portal.backup.retention.Retention} is the rules as a function of the sets;
 * it reads and deletes nothing.
 */
package org.aerpaw.portal.backup.retention;
