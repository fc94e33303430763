package org.aerpaw.portal.backup.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import jakarta.json.bind.JsonbException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.binding.JsonBinding;
import org.aerpaw.portal.backup.catalog.Manifest.Encryption;

/**
 * A published backup set.
 *
 * @param folder its directory, in which the manifest and the fixtures never change again
 */
public record BackupSet(Path folder, Manifest manifest) {

  /** The files in a set that are not fixtures. */
  public static final Set<String> METADATA_FILES =
      Set.of(Manifest.FILE, Manifest.ENCRYPTED_FILE, VerificationResult.FILE, Pin.FILE);

  public String id() {
    return manifest.id();
  }

  /** The time of the snapshot, from the name of the directory. */
  public Instant taken() {
    return BackupCatalog.timestampOf(folder.getFileName().toString()).orElseThrow();
  }

  /** When the database had these rows: before {@link #taken()} if a standby was behind. */
  public Instant dataAsOf() {
    return taken().minus(manifest.lag());
  }

  /** The path of the manifest or of a file in it; empty for any other name. */
  public Optional<Path> file(String name) {
    boolean known = name.equals(Manifest.FILE) || manifest.files().containsKey(name);
    return known ? Optional.of(folder.resolve(name)) : Optional.empty();
  }

  /**
   * The result of the last verification, or else of the one before the encryption; empty if there
   * is none or its file is damaged.
   */
  public Optional<VerificationResult> verification() throws IOException {
    try {
      return read(VerificationResult.FILE, VerificationResult.class)
          .or(() -> Optional.ofNullable(manifest.encryption()).map(Encryption::verification));
    } catch (CharacterCodingException | JsonbException e) {
      return Optional.empty();
    }
  }

  /** The time of the last verification, if that passed. */
  public Optional<Instant> verified() throws IOException {
    return verification().filter(VerificationResult::passed).map(VerificationResult::verifiedAt);
  }

  /** Replaces the result of the last verification. It is on the disk when this returns. */
  public void saveVerification(VerificationResult result) throws IOException {
    save(VerificationResult.FILE, result);
  }

  /** Why the retention rules must not delete the set; empty if they may. */
  public Optional<Pin> pin() throws IOException {
    try {
      return read(Pin.FILE, Pin.class);
    } catch (CharacterCodingException | JsonbException e) {
      return Optional.of(Pin.DAMAGED);
    }
  }

  /**
   * Protects the set from being deleted by the retention rules. The pin is on the disk when this
   * returns.
   */
  public void savePin(Pin pin) throws IOException {
    save(Pin.FILE, pin);
  }

  /** Allows the set to be deleted by the retention rules again. */
  public void removePin() throws IOException {
    Files.deleteIfExists(folder.resolve(Pin.FILE));
    StagedSet.flush(folder);
  }

  private <T> Optional<T> read(String name, Class<T> type) throws IOException {
    try {
      return Optional.of(JsonBinding.fromJson(Files.readString(folder.resolve(name)), type));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private void save(String name, Record content) throws IOException {
    Path fresh = folder.resolveSibling(BackupCatalog.STAGING_PREFIX + UUID.randomUUID());
    try (StagedFile file = StagedFile.create(fresh, Runnable::run)) {
      file.write((JsonBinding.toJson(content) + "\n").getBytes(UTF_8));
      file.finish();
    }
    Files.move(fresh, folder.resolve(name), ATOMIC_MOVE);
    StagedSet.flush(folder);
  }

  /**
   * Finds files that are missing or have another size than in the manifest, without reading them.
   *
   * @return what is wrong with each damaged file, by its name
   */
  public Map<String, String> damagedFiles() throws IOException {
    Map<String, String> damages = new TreeMap<>();
    for (var file : manifest.files().entrySet()) {
      damage(folder.resolve(file.getKey()), file.getValue().bytes())
          .ifPresent(damage -> damages.put(file.getKey(), damage));
    }
    return damages;
  }

  /**
   * Reads all files and compares them with the manifest.
   *
   * @return by file name, what is wrong with it: missing, changed or not in the manifest
   */
  public Map<String, String> verifyFiles() throws IOException {
    Map<String, String> damages = damagedFiles();
    for (var file : manifest.files().entrySet()) {
      String name = file.getKey();
      if (!damages.containsKey(name)
          && !Sha256.hex(folder.resolve(name)).equals(file.getValue().sha256())) {
        damages.put(name, "the sha256 differs from the manifest");
      }
    }
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> file(name).isEmpty() && !METADATA_FILES.contains(name))
          .forEach(name -> damages.put(name, "it is not in the manifest"));
    }
    return damages;
  }

  private static Optional<String> damage(Path file, long expectedBytes) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of("it is missing");
    }
    long bytes = Files.size(file);
    return bytes == expectedBytes
        ? Optional.empty()
        : Optional.of("it has " + bytes + " bytes, but the manifest says " + expectedBytes);
  }
}
