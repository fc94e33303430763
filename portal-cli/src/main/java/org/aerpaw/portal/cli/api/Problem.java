package org.aerpaw.portal.cli.api;

import java.util.List;

/** The answer to a request that the server refused (RFC 9457). */
public record Problem(String detail, List<FixtureError> errors) {}
