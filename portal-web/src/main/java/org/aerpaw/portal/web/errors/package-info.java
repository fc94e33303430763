/** Errors as problem documents (RFC 9457). */
package org.aerpaw.portal.web.errors;
