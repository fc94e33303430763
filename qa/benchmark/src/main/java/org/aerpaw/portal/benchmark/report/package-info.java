/**
 * Compares measurements with each other and with the targets, and shows the result as tables.
 *
 * <p>Knows only measurements: neither how they were made nor on which machine.
 */
package org.aerpaw.portal.benchmark.report;
