/** Projects and who takes part in them. */
package org.aerpaw.portal.domain.projects;
