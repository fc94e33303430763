package org.aerpaw.portal.backup.diff;

import java.util.List;
import org.aerpaw.portal.backup.model.Model;

/**
 * Models to compare whose objects are in the same file on each side.
 *
 * @param from the file on one side
 * @param to the file on the other side; null for the database
 * @param models in the order of both files
 */
record FilePair(DiffFile from, DiffFile to, List<Model> models) {

  /** The number of objects to read on the side of {@code from}. */
  long objects() {
    return models.stream().mapToLong(from::objects).sum();
  }

  /** Whether the models have the same order in both files, so that these are read only once. */
  boolean hasSameOrder() {
    List<String> labels = models.stream().map(Model::label).toList();
    return to == null
        || to.entry().models().keySet().stream().filter(labels::contains).toList().equals(labels);
  }

  /** Whether timestamps have only milliseconds on a side. */
  boolean inMilliseconds() {
    return from.hasMilliseconds() || to != null && to.hasMilliseconds();
  }

  /** Whether objects that only {@code from} has were removed, and not merely not dumped. */
  boolean findsRemoved() {
    return to == null || !to.entry().partial();
  }

  /** Whether objects that only {@code to} has were added, and not merely not dumped. */
  boolean findsAdded() {
    return !from.entry().partial();
  }
}
