/** Requests, lookup of files, reading and converting their objects. */
package org.aerpaw.portal.backup.load.source;
