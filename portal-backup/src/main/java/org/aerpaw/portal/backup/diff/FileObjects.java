package org.aerpaw.portal.backup.diff;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.aerpaw.portal.backup.catalog.Sha256;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.FixtureObject;
import org.aerpaw.portal.backup.fixture.FixtureReader;
import org.aerpaw.portal.backup.fixture.ItemText;
import org.aerpaw.portal.backup.fixture.file.FileFormat;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.aerpaw.portal.backup.fixture.file.FixtureName;
import org.aerpaw.portal.backup.load.source.ErrorCollector;
import org.aerpaw.portal.backup.load.source.ReadAhead;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.column.ConversionWarnings;
import org.aerpaw.portal.backup.rows.ModelRows;
import org.aerpaw.portal.backup.rows.conversion.ConvertedObject;
import org.aerpaw.portal.backup.rows.conversion.ObjectConverter;
import org.aerpaw.portal.backup.run.RunFailedException;

/** Reads a file of a set once, model by model, and checks that it is what its manifest says. */
final class FileObjects implements AutoCloseable {

  private final DiffFile file;
  private final MessageDigest hash = Sha256.digest();
  private final ErrorCollector errors = new ErrorCollector();
  private final InputStream in;

  /** Parses objects ahead of those that are compared; null if texts are compared. */
  private final ReadAhead ahead;

  /** Reads one object after the other; null unless texts are compared. */
  private final FixtureReader reader;

  /** The text of a row; null unless texts are compared. */
  private final ItemText text;

  /** The next object of the file; null if it was not read yet or does not exist. */
  private FixtureObject object;

  private boolean ended;

  /** Must be called by the thread that reads the objects. */
  private FileObjects(DiffFile file, boolean comparesTexts, Executor executor) throws IOException {
    this.file = file;
    this.in = new DigestInputStream(file.open(), hash);
    this.ahead = comparesTexts ? null : new ReadAhead(in, file.name(), errors::add, executor);
    this.reader = comparesTexts ? new FixtureReader(in, file.name(), errors::add) : null;
    this.text =
        comparesTexts
            ? new ItemText(new FileLayout(file.entry().indent(), file.entry().timestamps()))
            : null;
  }

  /**
   * Opens a file to compare its values.
   *
   * @param executor parses objects ahead of those that are compared
   */
  static FileObjects openForValues(DiffFile file, Executor executor) throws IOException {
    return new FileObjects(file, false, executor);
  }

  /**
   * Opens a file to compare its text with that of rows, and values where the texts differ.
   *
   * @param executor parses objects ahead if only values can be compared
   */
  static FileObjects openForTexts(DiffFile file, Executor executor) throws IOException {
    boolean isJson =
        FixtureName.of(file.file()).filter(name -> name.format() == FileFormat.JSON).isPresent();
    return new FileObjects(file, isJson, executor);
  }

  /**
   * The objects of a model; the caller must read all of them. Models must be requested in the order
   * of the file; the objects of those that are not requested are skipped.
   */
  OfModel of(Model model) {
    return new OfModel(model);
  }

  /**
   * Reads the rest of the file.
   *
   * @throws RunFailedException if the file differs from its manifest
   */
  void finish() throws RunFailedException, IOException {
    stopReadingAhead();
    in.transferTo(OutputStream.nullOutputStream());
    if (!Sha256.hex(hash).equals(file.entry().sha256())) {
      throw failure(null, null, "the sha256 differs from the manifest");
    }
  }

  @Override
  public void close() throws IOException {
    stopReadingAhead();
    in.close();
  }

  private void stopReadingAhead() {
    if (ahead != null) {
      ahead.close();
    }
  }

  /** The next object, which stays the next one; null after the last. */
  private FixtureObject peek() throws RunFailedException, IOException {
    if (object == null && !ended) {
      object = reader == null ? ahead.next() : reader.next();
      errors.throwIfAny();
      ended = object == null;
    }
    return object;
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

  /** The objects of one model. */
  final class OfModel implements SortedObjects {

    private final Model model;
    private final ObjectConverter converter;
    private final long expected;
    private long read;
    private Long lastKey;

    private OfModel(Model model) {
      this.model = model;
      this.expected = file.objects(model);
      this.converter =
          new ObjectConverter(
              model,
              file.name(),
              Map.of(),
              Optional.empty(),
              new ConversionWarnings(),
              errors::add,
              null);
    }

    @Override
    public ConvertedObject next() throws RunFailedException, IOException {
      while (read == 0 && expected > 0 && peek() != null && !isOfModel(peek())) {
        object = null;
      }
      if (peek() == null || !isOfModel(peek())) {
        requireAll();
        return null;
      }
      Optional<ConvertedObject> converted = converter.convert(object);
      errors.throwIfAny();
      requireSorted((Long) converted.get().key());
      read++;
      object = null;
      return converted.get();
    }

    /** Whether the text of the next object can be compared: it was not read yet. */
    boolean comparesText() {
      return reader != null && object == null && !ended;
    }

    /** Skips the next object if its text is that of a row. */
    boolean skipIfEqual(ModelRows row) throws IOException {
      text.set(row);
      boolean skipped = reader.skipIfEqual(text);
      if (skipped) {
        read++;
        lastKey = row.key();
      }
      return skipped;
    }

    private boolean isOfModel(FixtureObject next) {
      String label = next.model();
      return label.equals(model.label()) || label.equalsIgnoreCase(model.label());
    }

    private void requireSorted(Long key) throws RunFailedException {
      if (key == null) {
        throw failure(model, object, "an object without a primary key cannot be compared");
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
