package org.aerpaw.portal.cli.api.request;

import java.util.List;

/**
 * The body of a request for a diff.
 *
 * @param identity the private keys that decrypt encrypted sets; null for none
 */
public record DiffRequest(
    String from, String to, List<String> models, boolean values, String identity) {}
