/**
 * The portal as a server serves it, seen from outside: over HTTP, and in its database and its
 * folders.
 *
 * <p>What is promised on every server stands in the contracts here; portal-ear-tests holds the
 * other server to them.
 */
package org.aerpaw.portal.web.it;
