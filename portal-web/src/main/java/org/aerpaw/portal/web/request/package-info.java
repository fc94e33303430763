/**
 * Reads requests strictly, refuses cross-site requests that change something, and forbids browsers
 * to cache responses.
 */
package org.aerpaw.portal.web.request;
