/** The commands that list, check, keep, delete, copy and upload backup sets. */
package org.aerpaw.portal.cli.command.sets;
