/** The backup sets over HTTP: lists, files, archives, uploads, pins, retention, copies. */
package org.aerpaw.portal.web.sets;
