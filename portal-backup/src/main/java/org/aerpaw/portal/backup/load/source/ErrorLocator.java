package org.aerpaw.portal.backup.load.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Collection;
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
 * Tells where findings stand in the files, by reading those once more. Staged rows know only which
 * object they come from: places are of use to few of them, and only when a load fails.
 */
public final class ErrorLocator {

  private final List<FixtureFile> files;
  private final Map<ObjectRef, FixtureObject> objects = new HashMap<>();

  private ErrorLocator(List<FixtureFile> files) {
    this.files = files;
  }

  /** As errors, in the order of the load. */
  public static List<FixtureError> locate(Collection<Violation> findings, List<FixtureFile> files)
      throws IOException {
    var locator = new ErrorLocator(files);
    locator.find(findings);
    return findings.stream()
        .sorted((one, other) -> one.origin().compareTo(other.origin()))
        .map(locator::error)
        .toList();
  }

  private void find(Collection<Violation> findings) throws IOException {
    var wanted = new TreeSet<ObjectRef>();
    findings.stream()
        .flatMap(finding -> Stream.of(finding.origin(), finding.other()))
        .filter(Objects::nonNull)
        .forEach(wanted::add);
    for (int i = 0; i < files.size() && !wanted.isEmpty(); i++) {
      if (wanted.first().file() == i) {
        find(wanted, i);
      }
    }
  }

  private void find(TreeSet<ObjectRef> wanted, int file) throws IOException {
    try (InputStream in = Files.newInputStream(files.get(file).path())) {
      var reader = new FixtureReader(in, files.get(file).name(), error -> {});
      while (!wanted.isEmpty() && wanted.first().file() == file) {
        FixtureObject object = reader.next();
        if (object == null) {
          throw new IOException(files.get(file).name() + " changed while it was loaded");
        }
        var origin = new ObjectRef(file, reader.objects() - 1);
        if (wanted.remove(origin)) {
          objects.put(origin, object);
        }
      }
    }
  }

  private FixtureError error(Violation finding) {
    Position at = position(finding.origin(), finding.field());
    String reason = finding.reason();
    if (finding.other() != null) {
      Position other = position(finding.other(), finding.field());
      reason += " " + file(finding.other()) + ":" + other.line() + ":" + other.column();
    }
    return new FixtureError(
        file(finding.origin()),
        at.line(),
        at.column(),
        finding.model().label(),
        finding.key() == null ? null : finding.key().toString(),
        finding.field(),
        reason);
  }

  /** Of the field, or of the object where it has none. */
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
