/** Faults users met, and actions that run on their own. */
package org.aerpaw.portal.domain.error_handling;
