/** Groups and permissions, as Django keeps them. */
package org.aerpaw.portal.domain.auth;
