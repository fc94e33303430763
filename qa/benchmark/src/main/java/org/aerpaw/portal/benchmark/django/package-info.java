/** Django's {@code dumpdata} and {@code loaddata} on the portal's tables. */
package org.aerpaw.portal.benchmark.django;
