/** Public keys of users. */
package org.aerpaw.portal.domain.credentials;
