package org.aerpaw.portal.cli.api.request;

import java.util.List;

/**
 * The body of a request for a dump.
 *
 * @param indent null for one line per file
 * @param with null for the default; likewise the limit
 * @param mask null for no mask
 */
public record DumpRequest(
    List<String> apps,
    List<String> exclude,
    List<Long> pks,
    Integer indent,
    String timestamps,
    String format,
    String compress,
    boolean naturalForeign,
    boolean naturalPrimary,
    List<String> objects,
    String with,
    Integer limit,
    String mask) {}
