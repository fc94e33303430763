/**
 * Measures dumps and loads of a portal that serves, beside PostgreSQL's own tools and Django, and
 * says whether they are as fast as promised.
 *
 * <p>Knows the portal only from outside: by its scripts, its settings and HTTP. Starts and stops
 * all it needs.
 */
package org.aerpaw.portal.benchmark;
