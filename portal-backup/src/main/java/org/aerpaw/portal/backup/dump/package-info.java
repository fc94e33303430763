/**
 * One snapshot of the database to a set of files.
 *
 * <p>Here is known in which order things happen; how a row becomes an object, how an object becomes
 * text and how a set is published is known elsewhere.
 */
package org.aerpaw.portal.backup.dump;
