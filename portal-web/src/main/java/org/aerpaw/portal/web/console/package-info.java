/** What the console needs besides the API: its pages' headers and its session. */
package org.aerpaw.portal.web.console;
