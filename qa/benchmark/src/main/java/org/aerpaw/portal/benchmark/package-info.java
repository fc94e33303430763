/**
 * Measures dumps and loads of a running portal, compares them with PostgreSQL's own tools and
 * Django, and says whether they meet their targets.
 *
 * <p>Knows the portal only from outside: by its scripts, its settings and HTTP. Starts and stops
 * everything that it needs.
 *
 * <p>This package only arranges the others. The {@link org.aerpaw.portal.benchmark.options options}
 * choose the {@link org.aerpaw.portal.benchmark.steps steps}, which use {@link
 * org.aerpaw.portal.benchmark.postgres PostgreSQL}, the {@link org.aerpaw.portal.benchmark.portal
 * portal} and {@link org.aerpaw.portal.benchmark.django Django} and add to the {@link
 * org.aerpaw.portal.benchmark.measurement measurements}. The {@link
 * org.aerpaw.portal.benchmark.report report} compares these with the targets, and the {@link
 * org.aerpaw.portal.benchmark.docs page} shows it.
 */
package org.aerpaw.portal.benchmark;
