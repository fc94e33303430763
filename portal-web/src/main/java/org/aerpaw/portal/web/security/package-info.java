/**
 * Access to the API: with the admin token as a bearer token, as a portal user in group {@code
 * operator} or {@code site_admin} by basic authentication, or with the cookie that the console gets
 * for one of these.
 *
 * <p>Everything below {@code /api} requires this, except the health and, if a setting says so, the
 * metrics. Resources need no annotations, so none can be forgotten.
 */
package org.aerpaw.portal.web.security;
