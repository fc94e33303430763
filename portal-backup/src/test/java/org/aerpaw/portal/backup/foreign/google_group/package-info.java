/** An app that a portal may add: users' memberships in its Google group. */
package org.aerpaw.portal.backup.foreign.google_group;
