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
 * What a dump of some apps takes over from the set before, so that the new set is as full.
 *
 * @param previous the set before; null if nothing is taken over
 * @param files by name, from its manifest
 */
record CarriedForwardFiles(BackupSet previous, Map<String, Manifest.FileEntry> files) {

  static final CarriedForwardFiles NOTHING = new CarriedForwardFiles(null, Map.of());

  /**
   * @param wanted which files, by name
   */
  static CarriedForwardFiles of(BackupSet previous, Predicate<String> wanted) {
    Map<String, Manifest.FileEntry> files = new TreeMap<>(previous.manifest().files());
    files.keySet().removeIf(wanted.negate());
    return files.isEmpty() ? NOTHING : new CarriedForwardFiles(previous, files);
  }

  void linkInto(StagedSet set) throws IOException {
    for (String file : files.keySet()) {
      set.link(previous, file);
    }
  }

  /** The labels of the models that its files hold. */
  Set<String> models() {
    return files.values().stream()
        .flatMap(file -> file.models().keySet().stream())
        .collect(Collectors.toSet());
  }

  /** The references of its files that lead out of a set which holds these models. */
  List<Manifest.ExternalReference> leaving(Set<String> held) {
    if (previous == null) {
      return List.of();
    }
    Set<String> models = models();
    return previous.manifest().externalReferences().stream()
        .filter(one -> models.contains(one.field().substring(0, one.field().lastIndexOf('.'))))
        .filter(one -> !held.contains(one.to()))
        .toList();
  }

  /**
   * A reference in its files must not come to mean another role than it did.
   *
   * @param roles as they are now, by label
   * @throws RunFailedException naming every role that has the key of another one
   */
  void requireSame(Map<String, List<Manifest.ReferencedIdentity>> roles) throws RunFailedException {
    if (previous == null) {
      return;
    }
    List<FixtureError> errors = new ArrayList<>();
    roles.forEach(
        (label, now) -> {
          Map<Long, List<String>> names =
              now.stream()
                  .collect(
                      Collectors.toMap(
                          Manifest.ReferencedIdentity::pk,
                          Manifest.ReferencedIdentity::naturalKey));
          for (Manifest.ReferencedIdentity role :
              previous.manifest().referencedIdentities().getOrDefault(label, List.of())) {
            if (!names.getOrDefault(role.pk(), role.naturalKey()).equals(role.naturalKey())) {
              errors.add(
                  new FixtureError(
                      null,
                      null,
                      null,
                      label,
                      Long.toString(role.pk()),
                      null,
                      "is not what it was in the set before, so nothing can be taken over from that: dump all apps"));
            }
          }
        });
    if (!errors.isEmpty()) {
      throw new RunFailedException(errors);
    }
  }
}
