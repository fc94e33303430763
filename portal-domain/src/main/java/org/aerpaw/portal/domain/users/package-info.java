/** Who may sign in to the portal. */
package org.aerpaw.portal.domain.users;
