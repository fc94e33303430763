package org.aerpaw.portal.cli.api;

import java.util.List;

/**
 * The body of a request for a load.
 *
 * @param with null for the default; likewise the limit
 * @param identity the private keys that decrypt encrypted files; null for none
 */
public record LoadRequest(
    String from,
    List<String> fixtures,
    String mode,
    boolean dryRun,
    boolean ignoreNonexistent,
    boolean ignoreManifest,
    List<String> objects,
    String with,
    Integer limit,
    String identity) {}
