package org.aerpaw.portal.cli.api;

/**
 * The health of the backups. Times that are unknown are null.
 *
 * @param status pass, warn or fail
 * @param output the checks that did not pass; null if all passed
 */
public record Health(
    String status,
    String output,
    String lastBackup,
    String lastVerified,
    String lastCopy,
    String nextBackup) {}
