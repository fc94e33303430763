/**
 * Who may: the admin token as bearer, or a portal user in group {@code operator} or {@code
 * site_admin} by basic authentication.
 *
 * <p>Everything below {@code /api} is shut unless a caller shows one of the two; there is nothing
 * to be annotated and so nothing to be forgotten.
 */
package org.aerpaw.portal.web.security;
