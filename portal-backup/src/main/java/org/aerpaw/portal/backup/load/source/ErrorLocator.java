package org.aerpaw.portal.backup.load.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.FixtureField;
import org.aerpaw.portal.backup.fixture.FixtureObject;
import org.aerpaw.portal.backup.fixture.FixtureReader;
import org.aerpaw.portal.backup.fixture.Position;

/**
 * Finds the positions of violations by reading the files again. Staged rows only contain an {@link
 * ObjectRef}, since positions are needed for few objects and only if a load fails.
 */
public final class ErrorLocator {

  private final List<FixtureFile> files;
  private final Map<ObjectRef, FixtureObject> objects = new HashMap<>();

  private ErrorLocator(List<FixtureFile> files) {
    this.files = files;
  }

  /** Converts violations to errors with positions, in the order of the files. */
  public static List<FixtureError> locate(Collection<Violation> violations, List<FixtureFile> files)
      throws IOException {
    var locator = new ErrorLocator(files);
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
    Position at = position(violation.origin(), violation.field());
    String reason = violation.reason();
    if (violation.other() != null) {
      Position other = position(violation.other(), violation.field());
      reason += " " + file(violation.other()) + ":" + other.line() + ":" + other.column();
    }
    return new FixtureError(
        file(violation.origin()),
        at.line(),
        at.column(),
        violation.model().label(),
        violation.key() == null ? null : violation.key().toString(),
        violation.field(),
        reason);
  }

  /** The position of the field, or of the object if it does not have the field. */
  private Position position(ObjectRef origin, String field) {
    FixtureObject object = objects.get(origin);
    return object.fields().stream()
        .filter(candidate -> candidate.name().equals(field))
        .map(FixtureField::at)
        .findFirst()
        .orElse(object.at());
  }

  private String file(ObjectRef origin) {
    return files.get(origin.file()).name();
  }
}
