package org.aerpaw.portal.benchmark;

import java.util.SortedMap;

/**
 * One line of a plot, or one dot.
 *
 * @param style the CSS class it is drawn in
 * @param seconds by the number of objects
 */
record Line(String label, String style, SortedMap<Integer, Double> seconds) {}
