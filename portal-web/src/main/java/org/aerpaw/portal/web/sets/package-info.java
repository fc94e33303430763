/** The backup sets over HTTP: lists, files, archives, pins, retention. */
package org.aerpaw.portal.web.sets;
