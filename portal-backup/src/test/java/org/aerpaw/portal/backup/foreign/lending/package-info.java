/** The second app of the domain that is not the portal's. */
package org.aerpaw.portal.backup.foreign.lending;
