/** The console as an operator uses it, in a real browser on a real server. */
package org.aerpaw.portal.console;
