/** What commands print: tables, numbers, progress. */
package org.aerpaw.portal.cli.display;
