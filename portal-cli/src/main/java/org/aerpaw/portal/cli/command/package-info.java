/** One class for each command, and how they declare options and parameters. */
package org.aerpaw.portal.cli.command;
