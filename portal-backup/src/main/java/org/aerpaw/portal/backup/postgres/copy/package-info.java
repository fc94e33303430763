/**
 * Rows as PostgreSQL's binary COPY format, in both directions, and a queue of statements that
 * another thread sends.
 */
package org.aerpaw.portal.backup.postgres.copy;
