package org.aerpaw.portal.backup.load.errors;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.FixtureField;
import org.aerpaw.portal.backup.fixture.FixtureObject;
import org.aerpaw.portal.backup.fixture.FixtureReader;
import org.aerpaw.portal.backup.fixture.Position;
import org.aerpaw.portal.backup.load.source.FixtureFile;
import org.aerpaw.portal.backup.load.source.ObjectRef;
import org.aerpaw.portal.backup.load.source.Renames;

/**
 * Finds the positions of violations by reading the files again. Staged rows only contain an {@link
 * ObjectRef}, since positions are needed for few objects and only if a load fails.
 */
public final class ErrorLocator {

  private final List<FixtureFile> files;
  private final Renames renames;
  private final Map<ObjectRef, FixtureObject> objects = new HashMap<>();

  private ErrorLocator(List<FixtureFile> files, Renames renames) {
    this.files = files;
    this.renames = renames;
  }

  /** Converts violations to errors with positions, in the order of the files. */
  public static List<FixtureError> locate(
      Collection<Violation> violations, List<FixtureFile> files, Renames renames)
      throws IOException {
    var locator = new ErrorLocator(files, renames);
    locator.find(violations);
    return violations.stream()
        .sorted(Comparator.comparing(Violation::origin))
        .map(locator::error)
        .toList();
  }

  private void find(Collection<Violation> violations) throws IOException {
    var wanted = new TreeSet<ObjectRef>();
    violations.stream()
        .flatMap(violation -> Stream.of(violation.origin(), violation.other()))
        .filter(Objects::nonNull)
        .forEach(wanted::add);
    for (int i = 0; i < files.size() && !wanted.isEmpty(); i++) {
      if (wanted.first().file() == i) {
        find(wanted, i);
      }
    }
  }

  private void find(TreeSet<ObjectRef> wanted, int file) throws IOException {
    try (InputStream in = files.get(file).open()) {
      var reader = new FixtureReader(in, files.get(file).name(), error -> {});
      while (!wanted.isEmpty() && wanted.first().file() == file) {
        FixtureObject object = reader.next();
        if (object == null) {
          throw new IOException(files.get(file).name() + " changed during the load");
        }
        var origin = new ObjectRef(file, reader.objects() - 1);
        if (wanted.remove(origin)) {
          objects.put(origin, object);
        }
      }
    }
  }

  private FixtureError error(Violation violation) {
    FixtureObject object = objects.get(violation.origin());
    Optional<FixtureField> field = field(object, violation.field());
    Position at = field.map(FixtureField::at).orElse(object.at());
    String reason = violation.reason();
    if (violation.other() != null) {
      FixtureObject second = objects.get(violation.other());
      Position other = field(second, violation.field()).map(FixtureField::at).orElse(second.at());
      reason += " " + file(violation.other()) + ":" + other.line() + ":" + other.column();
    }
    return renames.explain(
        object.model(),
        new FixtureError(
            file(violation.origin()),
            at.line(),
            at.column(),
            violation.model().label(),
            violation.key() == null ? null : violation.key().toString(),
            field.map(FixtureField::name).orElse(violation.field()),
            reason));
  }

  /** The field as it is in the file; empty if the object does not have it. */
  private Optional<FixtureField> field(FixtureObject object, String name) {
    return object.fields().stream()
        .filter(field -> renames.isFieldInFile(object.model(), field.name(), name))
        .findFirst();
  }

  private String file(ObjectRef origin) {
    return files.get(origin.file()).name();
  }
}
