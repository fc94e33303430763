package org.aerpaw.portal.cli.api;

import java.util.List;

/** Runs, newest first. */
public record RunList(List<Run> runs) {}
