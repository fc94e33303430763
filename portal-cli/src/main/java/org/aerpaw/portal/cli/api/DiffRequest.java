package org.aerpaw.portal.cli.api;

import java.util.List;

/** The body of a request for a diff. */
public record DiffRequest(String from, String to, List<String> models, boolean values) {}
