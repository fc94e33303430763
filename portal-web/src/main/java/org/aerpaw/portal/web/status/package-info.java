/** Health, metrics and notifications. */
package org.aerpaw.portal.web.status;
