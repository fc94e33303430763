package org.aerpaw.portal.backup.diff;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.backup.diff.DiffReport.Change;
import org.aerpaw.portal.backup.diff.DiffReport.ChangedField;
import org.aerpaw.portal.backup.diff.DiffReport.ComparedModel;
import org.aerpaw.portal.backup.diff.DiffReport.DifferentObject;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.rows.conversion.ConvertedObject;
import org.aerpaw.portal.backup.run.RunFailedException;

/** Merges the objects of one model on both sides, and counts and describes those that differ. */
final class ModelComparison {

  private final Model model;
  private final FilePair files;
  private final ModelRegistry registry;
  private final boolean showsValues;
  private final ObjectComparator comparator;
  private final List<DifferentObject> differences = new ArrayList<>();
  private long added;
  private long removed;
  private long changed;
  private long equal;

  /**
   * @param showsValues whether values are described, except those of secret fields
   */
  ModelComparison(Model model, FilePair files, ModelRegistry registry, boolean showsValues) {
    this.model = model;
    this.files = files;
    this.registry = registry;
    this.showsValues = showsValues;
    this.comparator = new ObjectComparator(model, files.inMilliseconds());
  }

  /**
   * @param progress called after each object
   */
  void compare(FileObjects.OfModel from, SortedObjects to, Runnable progress)
      throws RunFailedException, SQLException, IOException {
    skipEqual(from, to, progress);
    ConvertedObject one = from.next();
    ConvertedObject other = to.next();
    while (one != null || other != null) {
      int order = one == null ? 1 : other == null ? -1 : Long.compare(key(one), key(other));
      if (order < 0) {
        removed(one);
      } else if (order > 0) {
        added(other);
      } else {
        compare(one, other);
      }
      progress.run();
      if (order == 0) {
        skipEqual(from, to, progress);
      }
      one = order <= 0 ? from.next() : one;
      other = order >= 0 ? to.next() : other;
    }
  }

  private void skipEqual(FileObjects.OfModel from, SortedObjects to, Runnable progress)
      throws RunFailedException, SQLException, IOException {
    while (to.skipNextIfEqual(from)) {
      equal++;
      progress.run();
    }
  }

  ComparedModel counts() {
    return new ComparedModel(model.label(), added, removed, changed, equal);
  }

  /** The first objects that differ, as many as a report can contain. */
  List<DifferentObject> differences() {
    return differences;
  }

  private void removed(ConvertedObject object) {
    if (files.findsRemoved()) {
      removed++;
      describe(object, Change.REMOVED, List.of());
    }
  }

  private void added(ConvertedObject object) {
    if (files.findsAdded()) {
      added++;
      describe(object, Change.ADDED, List.of());
    }
  }

  private void compare(ConvertedObject one, ConvertedObject other) {
    List<Integer> places = comparator.differences(one, other);
    if (places.isEmpty()) {
      equal++;
    } else {
      changed++;
      if (differences.size() < DiffReport.MAX_DIFFERENCES) {
        describe(
            one,
            Change.CHANGED,
            places.stream().map(place -> changedField(place, one, other)).toList());
      }
    }
  }

  private void describe(ConvertedObject object, Change change, List<ChangedField> fields) {
    if (differences.size() < DiffReport.MAX_DIFFERENCES) {
      differences.add(new DifferentObject(model.label(), key(object), change, fields));
    }
  }

  private ChangedField changedField(int place, ConvertedObject one, ConvertedObject other) {
    String name = comparator.name(place);
    DiffReport.Values values =
        showsValues && !registry.isSecret(name)
            ? new DiffReport.Values(
                ValueText.of(comparator.value(one, place)),
                ValueText.of(comparator.value(other, place)))
            : null;
    return new ChangedField(name, values);
  }

  private static long key(ConvertedObject object) {
    return (Long) object.key();
  }
}
