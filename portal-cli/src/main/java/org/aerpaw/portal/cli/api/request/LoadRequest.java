package org.aerpaw.portal.cli.api.request;

import java.util.List;
import java.util.Map;

/**
 * The body of a request for a load.
 *
 * @param with null for the default; likewise the limit
 * @param identity the private keys that decrypt encrypted files; null for none
 * @param rename new names of models and fields by old ones
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
    String identity,
    Map<String, String> rename) {}
