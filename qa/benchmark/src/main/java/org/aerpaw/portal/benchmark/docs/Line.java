package org.aerpaw.portal.benchmark.docs;

import java.util.SortedMap;

/**
 * A line of a plot, or a single dot.
 *
 * @param style the CSS class it is drawn in
 * @param seconds by the number of objects
 */
record Line(String label, String style, SortedMap<Integer, Double> seconds) {}
