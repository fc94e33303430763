/**
 * PostgreSQL: a server, a temporary one, a database, and PostgreSQL's own tools for it, {@code
 * psql} and {@code pg_dump}. Also fills a database with objects ({@code fill.sql}).
 */
package org.aerpaw.portal.benchmark.postgres;
