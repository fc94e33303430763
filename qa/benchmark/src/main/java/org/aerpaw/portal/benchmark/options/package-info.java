/** The arguments of {@code benchmark.sh}: what is measured, at which sizes, and where. */
package org.aerpaw.portal.benchmark.options;
