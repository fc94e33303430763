package org.aerpaw.portal.backup.selection;

import java.util.Map;

/**
 * The result of a search.
 *
 * @param keys all selected objects
 * @param missing those that do not exist in the database that they are to be loaded into
 */
public record SelectedObjects(KeySet keys, KeySet missing, SelectionReport report) {

  static SelectedObjects of(Map<ObjectKey, Reason> reasons, KeySet missing) {
    var report =
        new SelectionReport(
            reasons.entrySet().stream()
                .limit(SelectionReport.MAX_OBJECTS)
                .map(
                    selected ->
                        new SelectionReport.SelectedObject(
                            selected.getKey().model().label(),
                            selected.getKey().key(),
                            selected.getValue().toString()))
                .toList(),
            Math.max(0, reasons.size() - SelectionReport.MAX_OBJECTS));
    return new SelectedObjects(KeySet.of(reasons.keySet()), missing, report);
  }
}
