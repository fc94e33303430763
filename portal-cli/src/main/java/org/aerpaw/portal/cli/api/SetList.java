package org.aerpaw.portal.cli.api;

import java.util.List;
import java.util.Map;

/**
 * Backup sets, newest first.
 *
 * @param latest the id of the set that the link {@code latest} points to, even if that set is
 *     missing; null if there is no such link
 * @param unreadable why a directory that is named like a set is not one, by name
 */
public record SetList(String latest, List<SetEntry> sets, Map<String, String> unreadable) {}
