package org.aerpaw.portal.backup.load;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.fixture.FixtureName;
import org.aerpaw.portal.backup.fixture.compress.ArchiveFormat;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.model.NaturalKey;
import org.aerpaw.portal.backup.model.SchemaValidator;
import org.aerpaw.portal.backup.postgres.CopyWriter;
import org.aerpaw.portal.backup.postgres.Transaction;

/**
 * The short way of a large load: objects go straight into empty tables, without their foreign keys
 * meanwhile; where there are rows, objects that are there already are passed over and only the
 * others are staged.
 *
 * <p>It is for what is as a dump writes it: objects with keys and in their order, references by
 * key, tables that nothing but constraints watch over. Whatever else turns up ends it with a {@link
 * DetourException}, and what is wrong with the load with a refusal of the database: the way over
 * the staging tables, which can explain everything, is to be taken then, from the beginning.
 */
final class DirectTables implements ObjectSink, AutoCloseable {

  /** How much larger than the files tables may be to be read beside them. */
  private static final int MUCH_LARGER = 4;

  /** How many times longer a text is than what it is packed into, about. */
  private static final int PACKED = 8;

  private final LoadContext load;
  private final List<FixtureFile> files;
  private final ModelRegistry registry;
  private final Staging staging;
  private final CopyWriter copies;
  private final Transaction transaction;
  private final ForeignKeys foreignKeys;
  private final Set<Model> models;
  private final Map<Model, DirectTable> tables = new LinkedHashMap<>();

  /** Those that the load turned out to be of. */
  private final Set<Model> loaded = new LinkedHashSet<>();

  private DirectTable current;

  /**
   * @param staging takes the objects that cannot go the short way alone
   */
  DirectTables(LoadContext load, Staging staging, CopyWriter copies) {
    this.load = load;
    this.files = load.found().files();
    this.registry = load.registry();
    this.staging = staging;
    this.copies = copies;
    this.transaction = load.transaction();
    this.foreignKeys = new ForeignKeys(transaction);
    this.models = expected();
  }

  /** Keeps writers off the tables, of which nothing is known yet. */
  void lock() throws SQLException {
    if (models.isEmpty()) {
      throw new DetourException("the files do not tell of which models they are");
    }
    requireSameRoles();
    if (!SchemaValidator.differences(models, transaction).isEmpty()) {
      throw new DetourException("tables are not as they are mapped");
    }
    requireLocks(models, TableLocks.Mode.EXCLUSIVE);
  }

  /**
   * Makes the tables ready for objects. Where there are empty ones, nobody else reads them, or
   * those they refer to, from here on.
   */
  void open() throws SQLException, IOException {
    List<Model> empty = new ArrayList<>();
    long bytes = 0;
    for (Model model : models) {
      var now = new TableInspector(model, transaction);
      if (now.isEmpty() && now.takesWhatever()) {
        empty.add(model);
      } else {
        bytes += now.bytes();
      }
    }
    if (bytes > MUCH_LARGER * text(files)) {
      throw new DetourException("the tables are much larger than the files");
    }
    requireLocks(empty, TableLocks.Mode.ALONE);
    for (Model model : models) {
      if (empty.contains(model)) {
        PrimaryKeyAssigner.guardSequences(model, transaction);
        foreignKeys.drop(model);
      }
      tables.put(model, empty.contains(model) ? new CopyTarget(model, copies) : occupied(model));
    }
  }

  @Override
  public void add(Model model, long origin, ConvertedObject object) throws SQLException {
    if (object.key() == null || !object.names().isEmpty()) {
      throw new DetourException(model + ": objects without keys, or with references by name");
    }
    DirectTable table = table(model);
    if (table != current) {
      leave();
      copies.end();
      table.enter();
      current = table;
    }
    table.add(origin, object);
  }

  @Override
  public void expect(Model model) {
    table(model);
  }

  @Override
  public void finish() throws SQLException {
    leave();
    for (DirectTable table : tables.values()) {
      table.finish();
    }
    copies.end();
    staging.finish();
  }

  /**
   * Lets the database hold the rows against each other.
   *
   * @throws SQLException if it refuses them
   */
  void check() throws SQLException {
    foreignKeys.addAgain();
    for (Model model : models) {
      if (!foreignKeys.hold(model)) {
        throw new DetourException(model + ": references to nothing");
      }
    }
  }

  /** What was done, without what was staged. */
  Map<Model, Counts> counts() {
    Map<Model, Counts> counts = new LinkedHashMap<>();
    loaded.forEach(model -> counts.put(model, tables.get(model).counts()));
    return counts;
  }

  /**
   * Gives the connection back, even in the midst of objects: the transaction is to be rolled back
   * then.
   */
  @Override
  public void close() throws SQLException {
    if (current != null) {
      current.breakOff();
    }
  }

  /** How many bytes of text the files have, about. */
  static long text(List<FixtureFile> files) throws IOException {
    long bytes = 0;
    for (FixtureFile file : files) {
      boolean packed = name(file).filter(name -> name.packing() != ArchiveFormat.NONE).isPresent();
      bytes += Files.size(file.path()) * (packed ? PACKED : 1);
    }
    return bytes;
  }

  private void leave() throws SQLException {
    if (current != null) {
      current.leave();
      current = null;
    }
  }

  private DirectTable table(Model model) {
    DirectTable table = tables.get(model);
    if (table == null) {
      throw new DetourException(model + ": nothing told that there would be objects of it");
    }
    loaded.add(model);
    return table;
  }

  private CompareTarget occupied(Model model) {
    if (load.request().mode() == LoadMode.INSERT) {
      throw new DetourException(model + ": there are rows");
    }
    return new CompareTarget(model, staging, load.replaces(), transaction.connection());
  }

  /** The models that the files are of, as their manifests or, without one, their names say. */
  private Set<Model> expected() {
    Set<Model> expected = new LinkedHashSet<>();
    for (FixtureFile file : files) {
      if (file.promised().isPresent()) {
        Set<String> labels = file.promised().get().models().keySet();
        labels.forEach(label -> registry.find(label).ifPresent(expected::add));
      } else {
        name(file).ifPresent(name -> expected.addAll(registry.models(name.base())));
      }
    }
    return expected;
  }

  private static Optional<FixtureName> name(FixtureFile file) {
    return FixtureName.of(file.path().getFileName().toString());
  }

  /** {@link ReferencedIdentityCheck} can tell whether it matters where they are not. */
  private void requireSameRoles() throws SQLException {
    Set<Manifest> manifests = new LinkedHashSet<>();
    files.stream().map(FixtureFile::manifest).filter(Objects::nonNull).forEach(manifests::add);
    for (Manifest manifest : manifests) {
      for (var roles : manifest.referencedIdentities().entrySet()) {
        Optional<Model> target = registry.find(roles.getKey());
        if (target.isPresent()
            && (models.contains(target.get()) || !areHere(roles.getValue(), target.get()))) {
          throw new DetourException(roles.getKey() + ": not the same as in the set");
        }
      }
    }
  }

  private boolean areHere(List<Manifest.ReferencedIdentity> roles, Model target)
      throws SQLException {
    Set<Manifest.ReferencedIdentity> here = new HashSet<>();
    for (NaturalKey key : NaturalKey.all(target, transaction)) {
      here.add(new Manifest.ReferencedIdentity(key.key(), key.parts()));
    }
    return here.containsAll(roles);
  }

  private void requireLocks(Collection<Model> models, TableLocks.Mode mode) throws SQLException {
    if (!TableLocks.tryAcquire(models, mode, transaction)) {
      throw new DetourException("others are using the tables");
    }
  }
}
