/** Finds the positions in the files of errors found by a load. */
package org.aerpaw.portal.backup.load.errors;
