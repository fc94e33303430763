/** Writes docs/benchmark.md with its plot: the report, the machine, and how it was measured. */
package org.aerpaw.portal.benchmark.docs;
