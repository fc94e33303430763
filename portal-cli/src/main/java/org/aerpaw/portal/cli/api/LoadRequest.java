package org.aerpaw.portal.cli.api;

import java.util.List;

/** The body of a request for a load. */
public record LoadRequest(
    String from,
    List<String> fixtures,
    String mode,
    boolean dryRun,
    boolean ignoreNonexistent,
    boolean ignoreManifest) {}
