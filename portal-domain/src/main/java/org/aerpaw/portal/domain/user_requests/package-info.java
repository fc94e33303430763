/** What users ask operators and project owners for. */
package org.aerpaw.portal.domain.user_requests;
