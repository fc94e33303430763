package org.aerpaw.portal.backup.catalog;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of dumps.
 *
 * <pre>
 * 20261122T093000.123Z/          a set: users.json ... manifest.json, and verified.json where it was verified
 * latest -> 20261122T093000.123Z
 * users.json -> latest/users.json
 * </pre>
 */
public final class BackupCatalog {

  private static final Logger LOG = System.getLogger(BackupCatalog.class.getName());

  static final String LATEST = "latest";
  static final String STAGING_PREFIX = ".staging-";
  static final String REMOVED_PREFIX = ".removed-";

  /** How many sets are kept unless somebody says otherwise. */
  public static final int DEFAULT_RETENTION = 10;

  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSX").withZone(ZoneOffset.UTC);
  private static final Pattern IS_ID = Pattern.compile("[0-9]{8}T[0-9]{6}\\.[0-9]{3}Z");

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** Keeps sets where they are until it is closed. */
  @FunctionalInterface
  public interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  private final Path folder;
  private final int kept;

  /** The folders of sets that something reads, each as often as it is held. */
  private final List<Path> held = Collections.synchronizedList(new ArrayList<>());

  public BackupCatalog(Path folder) {
    this(folder, DEFAULT_RETENTION);
  }

  /**
   * @param kept how many of the newest sets {@link #applyRetention} leaves, at least one
   */
  public BackupCatalog(Path folder, int kept) {
    if (kept < 1) {
      throw new IllegalArgumentException("at least one set is kept, not " + kept);
    }
    this.folder = folder.toAbsolutePath().normalize();
    this.kept = kept;
  }

  public Path folder() {
    return folder;
  }

  /** Newest first. A folder that is not a whole set, whatever it is called, is not among them. */
  public List<BackupSet> all() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<BackupSet> sets = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry :
          (Iterable<Path>) entries.sorted(comparing(Path::getFileName).reversed())::iterator) {
        findReadable(entry.getFileName().toString()).ifPresent(sets::add);
      }
    }
    return sets;
  }

  /**
   * The set with an id; empty for anything else, so that no name becomes a path of its own.
   *
   * @throws IOException if its manifest cannot be read
   */
  public Optional<BackupSet> find(String id) throws IOException {
    if (!IS_ID.matcher(id).matches()
        || !Files.isDirectory(folder.resolve(id), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    return read(folder.resolve(id));
  }

  /**
   * The newest set that holds all of its apps.
   *
   * @throws IOException if its manifest cannot be read
   */
  public Optional<BackupSet> latest() throws IOException {
    Path link = folder.resolve(LATEST);
    return Files.isSymbolicLink(link)
        ? find(Files.readSymbolicLink(link).toString())
        : Optional.empty();
  }

  /**
   * Begins a new set and clears away what dumps and removals left that did not end. Only one may be
   * under way at a time.
   *
   * @param snapshot when its rows are so: its id, unless a set there has that moment or a later
   *     one, as after the database's clock went back
   * @param executor where its files are flushed to the disk while they are written
   */
  public StagedSet stage(Instant snapshot, Executor executor) throws IOException {
    Files.createDirectories(folder, OWNER_ONLY);
    StagedSet.clearLeftovers(folder);
    Instant moment = newestMoment().map(newest -> newest.plusMillis(1)).orElse(Instant.MIN);
    return new StagedSet(folder, ID.format(moment.isAfter(snapshot) ? moment : snapshot), executor);
  }

  /**
   * Keeps the sets that these files lie in from being removed; files that lie elsewhere are as
   * well.
   */
  public Hold hold(Collection<Path> files) throws IOException {
    List<Path> folders = new ArrayList<>();
    for (Path file : files) {
      folders.add(file.toRealPath().getParent());
    }
    held.addAll(folders);
    return () -> folders.forEach(held::remove);
  }

  /**
   * Removes the sets beyond the newest, but neither what {@code latest} shows nor the newest
   * verified one nor one that is held. A set goes by one rename: nobody ever sees half of it.
   *
   * @param made the set that was just made, which stays whatever its moment is
   * @param removed is told the id of each that is gone
   */
  public void applyRetention(String made, Consumer<String> removed) throws IOException {
    List<Path> sets = new ArrayList<>();
    Set<Path> staying = new HashSet<>(Set.of(folder.resolve(made)));
    boolean verified = false;
    for (BackupSet set : all()) {
      sets.add(set.folder());
      boolean newestVerified = !verified && set.verified().isPresent();
      verified |= newestVerified;
      if (sets.size() <= kept || newestVerified) {
        staying.add(set.folder());
      }
    }
    if (Files.isSymbolicLink(folder.resolve(LATEST))) {
      staying.add(folder.resolve(Files.readSymbolicLink(folder.resolve(LATEST))));
    }
    for (Path set : sets) {
      if (!staying.contains(set) && !held.contains(set.toRealPath())) {
        remove(set, removed);
      }
    }
  }

  /** Removes one set, as if it had never been made. */
  public void remove(String id) throws IOException {
    Optional<BackupSet> set = find(id);
    if (set.isPresent()) {
      remove(set.get().folder(), gone -> {});
    }
  }

  private void remove(Path set, Consumer<String> removed) throws IOException {
    Path hidden = folder.resolve(REMOVED_PREFIX + UUID.randomUUID());
    Files.move(set, hidden, ATOMIC_MOVE);
    removed.accept(set.getFileName().toString());
    StagedSet.flush(folder);
    StagedSet.delete(hidden);
  }

  /**
   * Whether this is a link of the kind that lies beside {@code latest} for each file of the newest
   * set, whether that has it or not.
   */
  public static boolean isLinkToNewest(Path entry) throws IOException {
    return Files.isSymbolicLink(entry)
        && Files.readSymbolicLink(entry).equals(Path.of(LATEST, entry.getFileName().toString()));
  }

  /** Of whatever has the name of a set. */
  private Optional<Instant> newestMoment() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> IS_ID.matcher(name).matches())
          .flatMap(name -> moment(name).stream())
          .max(naturalOrder());
    }
  }

  /** Empty for digits that are no date. */
  private static Optional<Instant> moment(String id) {
    try {
      return Optional.of(ID.parse(id, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private Optional<BackupSet> findReadable(String id) {
    try {
      return find(id);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} is not a backup set: {1}", id, e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<BackupSet> read(Path set) throws IOException {
    try {
      return Optional.of(new BackupSet(set, Manifest.read(set.resolve(Manifest.FILE))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
