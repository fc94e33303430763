/** Where in the files the errors of a load are. */
package org.aerpaw.portal.backup.load.errors;
