package org.aerpaw.portal.backup.dump;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.StagedSet;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * The files of the previous set that a dump of some apps links into the new set, so that the new
 * set is complete too.
 *
 * @param previous the previous set; null if no file is carried forward
 * @param files its manifest's entries, by file name
 * @param whyIncomplete why the files of an app may be missing
 */
record CarriedForwardFiles(
    BackupSet previous, Map<String, Manifest.FileEntry> files, String whyIncomplete) {

  static CarriedForwardFiles none(String reason) {
    return new CarriedForwardFiles(null, Map.of(), reason);
  }

  /**
   * @param wanted selects files by name
   */
  static CarriedForwardFiles of(BackupSet previous, Predicate<String> wanted) {
    String name = "the newest complete set, " + previous.id();
    if (previous.manifest().isEncrypted()) {
      return none(name + ", is encrypted, so its files cannot be carried forward");
    }
    Map<String, Manifest.FileEntry> files = new TreeMap<>(previous.manifest().files());
    files.keySet().removeIf(wanted.negate());
    String reason = name + ", has no file of these apps to carry forward";
    return files.isEmpty() ? none(reason) : new CarriedForwardFiles(previous, files, reason);
  }

  void linkInto(StagedSet set) throws IOException {
    for (String file : files.keySet()) {
      set.link(previous, file);
    }
  }

  /** The labels of the models in the files. */
  Set<String> models() {
    return files.values().stream()
        .flatMap(file -> file.models().keySet().stream())
        .collect(Collectors.toSet());
  }

  /** The references from the files to models that are not in the new set. */
  List<Manifest.ExternalReference> externalReferences(Set<String> modelsInSet) {
    if (previous == null) {
      return List.of();
    }
    Set<String> models = models();
    return previous.manifest().externalReferences().stream()
        .filter(reference -> models.contains(reference.model()))
        .filter(reference -> !modelsInSet.contains(reference.to()))
        .toList();
  }

  /**
   * Checks that the primary keys in the files still belong to the same groups and permissions.
   *
   * @param current the groups and permissions of the snapshot, by label
   * @throws RunFailedException naming every key that now belongs to a different group or permission
   */
  void requireSameReferencedObjects(Map<String, List<Manifest.ReferencedObject>> current)
      throws RunFailedException {
    if (previous == null) {
      return;
    }
    List<FixtureError> errors = new ArrayList<>();
    current.forEach(
        (label, now) -> {
          Map<Long, List<String>> names =
              now.stream()
                  .collect(
                      Collectors.toMap(
                          Manifest.ReferencedObject::pk, Manifest.ReferencedObject::naturalKey));
          for (Manifest.ReferencedObject object :
              previous.manifest().referencedIdentities().getOrDefault(label, List.of())) {
            if (!names.getOrDefault(object.pk(), object.naturalKey()).equals(object.naturalKey())) {
              errors.add(
                  new FixtureError(
                      null,
                      null,
                      null,
                      label,
                      Long.toString(object.pk()),
                      null,
                      "this primary key belonged to a different object in the previous set;"
                          + " the files of that set cannot be carried forward; dump all apps"));
            }
          }
        });
    if (!errors.isEmpty()) {
      throw new RunFailedException(errors);
    }
  }
}
