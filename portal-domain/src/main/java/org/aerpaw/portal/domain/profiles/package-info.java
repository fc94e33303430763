/** What users say of themselves. */
package org.aerpaw.portal.domain.profiles;
