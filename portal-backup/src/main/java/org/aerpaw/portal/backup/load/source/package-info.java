/** Requests, lookup of files, reading and converting their objects, and errors with positions. */
package org.aerpaw.portal.backup.load.source;
