/** A domain that is not the portal's, mapped in ways in which the portal's is not. */
package org.aerpaw.portal.backup.foreign.library;
