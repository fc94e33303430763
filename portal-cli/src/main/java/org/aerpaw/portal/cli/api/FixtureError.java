package org.aerpaw.portal.cli.api;

/** An error of a run or a request. All members but {@code reason} may be null. */
public record FixtureError(
    String file,
    Integer line,
    Integer column,
    String model,
    String pk,
    String field,
    String reason) {}
