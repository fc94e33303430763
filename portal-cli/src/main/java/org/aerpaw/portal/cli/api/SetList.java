package org.aerpaw.portal.cli.api;

import java.util.List;

/** Backup sets, newest first, and the id of the newest complete one. */
public record SetList(String latest, List<SetEntry> sets) {}
