package org.aerpaw.portal.backup.catalog;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.Comparator.reverseOrder;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.file.FileSystemException;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All backup sets in the dump directory.
 *
 * <pre>
 * 20261122T093000.123Z/          a set: users.json ... manifest.json, and verified.json after a verification
 * latest -> 20261122T093000.123Z
 * users.json -> latest/users.json
 * </pre>
 */
public final class BackupCatalog {

  static final String LATEST = "latest";
  static final String STAGING_PREFIX = ".staging-";
  static final String REMOVED_PREFIX = ".removed-";
  static final String QUARANTINE_PREFIX = ".quarantine-";

  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSX").withZone(ZoneOffset.UTC);
  private static final Pattern IS_ID = Pattern.compile("[0-9]{8}T[0-9]{6}\\.[0-9]{3}Z");

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** Protects sets from deletion until it is closed. */
  @FunctionalInterface
  public interface Reservation extends AutoCloseable {
    @Override
    void close();
  }

  private final Path folder;
  private final ManifestCache manifests = new ManifestCache();

  /** The directories of sets that are being read, once for each reader. */
  private final List<Path> inUse = Collections.synchronizedList(new ArrayList<>());

  public BackupCatalog(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  public Path folder() {
    return folder;
  }

  /** The sets whose manifest can be read, newest first. */
  public List<BackupSet> all() throws IOException {
    List<BackupSet> sets = new ArrayList<>();
    List<String> ids = ids();
    manifests.retainAll(
        ids.stream().map(id -> folder.resolve(id).resolve(Manifest.FILE)).collect(toSet()));
    for (String id : ids) {
      try {
        find(id).ifPresent(sets::add);
      } catch (IOException e) {
        // It is among the unreadable ones.
      }
    }
    return sets;
  }

  /** The same sets with their state. */
  public List<SetState> states() throws IOException {
    List<SetState> states = new ArrayList<>();
    for (BackupSet set : all()) {
      states.add(SetState.of(set));
    }
    return states;
  }

  /**
   * The directories that are named like a set but whose manifest is missing, cannot be read or
   * belongs to another set.
   *
   * @return the reason by name, newest first
   */
  public Map<String, String> unreadable() throws IOException {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (String id : ids()) {
      try {
        if (find(id).isEmpty()) {
          reasons.put(id, Manifest.FILE + " is missing");
        }
      } catch (FileSystemException e) {
        reasons.put(id, Manifest.FILE + " cannot be read");
      } catch (IOException e) {
        reasons.put(id, e.getMessage());
      }
    }
    return reasons;
  }

  /** Whether there is a set with this id, even if its manifest cannot be read. */
  public boolean exists(String id) {
    return isNamedLikeSet(id) && Files.exists(folder.resolve(id).resolve(Manifest.FILE));
  }

  /** Whether there is anything of this name, a set or not, so that no set can get it. */
  public boolean isTaken(String id) {
    return isId(id) && Files.exists(folder.resolve(id), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * The set with an id; empty for anything else, so that a name cannot become another path.
   *
   * @throws IOException if its manifest cannot be read
   */
  public Optional<BackupSet> find(String id) throws IOException {
    if (!isNamedLikeSet(id)) {
      return Optional.empty();
    }
    Path set = folder.resolve(id);
    Manifest manifest;
    try {
      manifest = manifests.read(set.resolve(Manifest.FILE));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (!manifest.id().equals(id)) {
      throw new IOException("the manifest belongs to the set " + manifest.id());
    }
    return Optional.of(new BackupSet(set, manifest));
  }

  /**
   * The set that {@code latest} points to; empty if there is no such link, or if its set is
   * missing.
   *
   * @throws IOException if its manifest cannot be read
   */
  public Optional<BackupSet> latest() throws IOException {
    Optional<String> id = latestId();
    return id.isPresent() ? find(id.get()) : Optional.empty();
  }

  /**
   * The id that {@code latest} points to, even if that set is missing; empty if there is no such
   * link.
   */
  public Optional<String> latestId() throws IOException {
    Path link = folder.resolve(LATEST);
    return Files.isSymbolicLink(link)
        ? Optional.of(Files.readSymbolicLink(link).toString())
        : Optional.empty();
  }

  /**
   * Begins a new set and deletes what interrupted dumps and deletions left behind. Only one set may
   * be staged at a time.
   *
   * @param snapshot the snapshot time, which becomes the id; if the newest set has this id or a
   *     later one, because a clock was set back, the id follows that one
   * @param executor flushes the files to the disk while they are written
   */
  public StagedSet stage(Instant snapshot, Executor executor) throws IOException {
    Files.createDirectories(folder, OWNER_ONLY);
    StagedSet.clearLeftovers(folder, STAGING_PREFIX, REMOVED_PREFIX);
    return new StagedSet(folder, nextId(snapshot), STAGING_PREFIX, executor);
  }

  /**
   * The id of a set taken at a time. If the newest set has this id or a later one, because a clock
   * was set back, the id follows that one.
   */
  public String nextId(Instant taken) throws IOException {
    Instant earliest = newestTimestamp().map(newest -> newest.plusMillis(1)).orElse(Instant.MIN);
    return ID.format(earliest.isAfter(taken) ? earliest : taken);
  }

  /**
   * Begins a set that was made elsewhere, and deletes what an interrupted one left behind. Only one
   * set may be in quarantine at a time, but another one may be staged meanwhile. Its manifest says
   * which id it has; {@link StagedSet#publish} fails if there is a set with this id.
   */
  public StagedSet quarantine() throws IOException {
    Files.createDirectories(folder, OWNER_ONLY);
    StagedSet.clearLeftovers(folder, QUARANTINE_PREFIX);
    return new StagedSet(folder, null, QUARANTINE_PREFIX, Runnable::run);
  }

  /** Protects the sets that contain these files from deletion; other files are ignored. */
  public Reservation reserve(Collection<Path> files) throws IOException {
    List<Path> folders = new ArrayList<>();
    for (Path file : files) {
      folders.add(file.toRealPath().getParent());
    }
    inUse.addAll(folders);
    return () -> folders.forEach(inUse::remove);
  }

  /** Whether a {@link Reservation} protects the set. */
  public boolean isReserved(BackupSet set) throws IOException {
    return inUse.contains(set.folder().toRealPath());
  }

  /**
   * Deletes a set, even if its manifest cannot be read. It disappears by one rename, so nobody sees
   * half of it. Does nothing if there is none with this id.
   */
  public void remove(String id) throws IOException {
    if (!isNamedLikeSet(id)) {
      return;
    }
    Path hidden = folder.resolve(REMOVED_PREFIX + UUID.randomUUID());
    Files.move(folder.resolve(id), hidden, ATOMIC_MOVE);
    StagedSet.flush(folder);
    StagedSet.delete(hidden);
  }

  /** Whether this is a link such as {@code users.json -> latest/users.json}, broken or not. */
  public static boolean isLinkToNewest(Path entry) throws IOException {
    return Files.isSymbolicLink(entry)
        && Files.readSymbolicLink(entry).equals(Path.of(LATEST, entry.getFileName().toString()));
  }

  private Optional<Instant> newestTimestamp() throws IOException {
    return ids().stream().findFirst().flatMap(BackupCatalog::timestampOf);
  }

  /** The names of all directories that are named like a set, newest first. */
  private List<String> ids() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(this::isNamedLikeSet)
          .sorted(reverseOrder())
          .toList();
    }
  }

  private boolean isNamedLikeSet(String id) {
    return isId(id) && Files.isDirectory(folder.resolve(id), LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether a text can be the id of a set, and is thus a plain name. */
  public static boolean isId(String text) {
    return IS_ID.matcher(text).matches() && timestampOf(text).isPresent();
  }

  /** The time in the id of a set; empty for digits that are not a date. */
  public static Optional<Instant> timestampOf(String id) {
    try {
      return Optional.of(ID.parse(id, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
