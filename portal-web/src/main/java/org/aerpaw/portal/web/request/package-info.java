/** Reads requests strictly, and refuses or labels what browsers must not do. */
package org.aerpaw.portal.web.request;
