/**
 * Measures dumps and loads of a running portal, compares them with PostgreSQL's own tools and
 * Django, and says whether they meet their targets.
 *
 * <p>Knows the portal only from outside: by its scripts, its settings and HTTP. Starts and stops
 * everything that it needs.
 */
package org.aerpaw.portal.benchmark;
