/** Messages of the portal to its users. */
package org.aerpaw.portal.domain.user_messages;
