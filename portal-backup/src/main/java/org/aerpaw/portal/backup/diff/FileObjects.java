package org.aerpaw.portal.backup.diff;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.aerpaw.portal.backup.catalog.Sha256;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.FixtureObject;
import org.aerpaw.portal.backup.load.source.ErrorCollector;
import org.aerpaw.portal.backup.load.source.ReadAhead;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.column.ConversionWarnings;
import org.aerpaw.portal.backup.rows.ConvertedObject;
import org.aerpaw.portal.backup.rows.ObjectConverter;
import org.aerpaw.portal.backup.run.RunFailedException;

/** Reads a file of a set once, model by model, and checks that it is what its manifest says. */
final class FileObjects implements AutoCloseable {

  private final SetFile file;
  private final MessageDigest hash = Sha256.digest();
  private final ErrorCollector errors = new ErrorCollector();
  private final InputStream in;
  private final ReadAhead ahead;

  /** The next object of the file; null before the first and after the last. */
  private FixtureObject object;

  private boolean begun;

  /**
   * Opens the file. Must be called by the thread that reads the objects.
   *
   * @param executor parses objects ahead of those that are compared
   */
  FileObjects(SetFile file, Executor executor) throws IOException {
    this.file = file;
    this.in = new DigestInputStream(Files.newInputStream(file.path()), hash);
    this.ahead = new ReadAhead(in, file.name(), errors::add, executor);
  }

  /**
   * The objects of a model, which must be read to their end. Models must be requested in the order
   * of the file; the objects of those that are not requested are skipped.
   */
  SortedObjects of(Model model) {
    return new OfModel(model);
  }

  /**
   * Reads the rest of the file.
   *
   * @throws RunFailedException if the file differs from its manifest
   */
  void finish() throws RunFailedException, IOException {
    ahead.close();
    in.transferTo(OutputStream.nullOutputStream());
    if (!Sha256.hex(hash).equals(file.entry().sha256())) {
      throw failure(null, null, "the sha256 differs from the manifest");
    }
  }

  @Override
  public void close() throws IOException {
    ahead.close();
    in.close();
  }

  private void advance() throws RunFailedException, IOException {
    object = ahead.next();
    errors.throwIfAny();
  }

  /**
   * @param at the object with the error; null if the file has it
   */
  private RunFailedException failure(Model model, FixtureObject at, String reason) {
    return new RunFailedException(
        List.of(
            new FixtureError(
                file.name(),
                at == null ? null : at.at().line(),
                at == null ? null : at.at().column(),
                model == null ? null : model.label(),
                at == null || at.pk() == null ? null : at.pk().toString(),
                null,
                reason)));
  }

  private final class OfModel implements SortedObjects {

    private final Model model;
    private final ObjectConverter converter;
    private final long expected;
    private long read;
    private Long lastKey;

    OfModel(Model model) {
      this.model = model;
      this.expected = file.objects(model);
      this.converter =
          new ObjectConverter(
              model, file.name(), Optional.empty(), new ConversionWarnings(), errors::add, null);
    }

    @Override
    public ConvertedObject next() throws RunFailedException, IOException {
      if (!begun) {
        begun = true;
        advance();
      }
      while (read == 0 && expected > 0 && object != null && !isNext()) {
        advance();
      }
      if (object == null || !isNext()) {
        requireAll();
        return null;
      }
      Optional<ConvertedObject> converted = converter.convert(object);
      errors.throwIfAny();
      requireSorted((Long) converted.get().key());
      read++;
      advance();
      return converted.get();
    }

    private boolean isNext() {
      String label = object.model();
      return label.equals(model.label()) || label.equalsIgnoreCase(model.label());
    }

    private void requireSorted(Long key) throws RunFailedException {
      if (key == null) {
        throw failure(model, object, "it has no primary key to compare it by");
      }
      if (lastKey != null && key <= lastKey) {
        throw failure(
            model,
            object,
            "the objects of a model must be sorted by primary key to be compared, as dumps are");
      }
      lastKey = key;
    }

    private void requireAll() throws RunFailedException {
      if (read != expected) {
        throw failure(
            model,
            null,
            "%d consecutive objects of this model were found, but the manifest says %d"
                .formatted(read, expected));
      }
    }
  }
}
