package org.aerpaw.portal.backup.catalog;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A published backup set.
 *
 * @param folder its directory, in which the manifest and the files never change again
 */
public record BackupSet(Path folder, Manifest manifest) {

  public String id() {
    return manifest.id();
  }

  /** The path of the manifest or of a file in it; empty for any other name. */
  public Optional<Path> file(String name) {
    boolean known = name.equals(Manifest.FILE) || manifest.files().containsKey(name);
    return known ? Optional.of(folder.resolve(name)) : Optional.empty();
  }

  /**
   * The time of the last verification, if that passed.
   *
   * @throws java.io.UncheckedIOException if its result cannot be read
   */
  public Optional<Instant> verified() {
    return VerificationResult.read(folder.resolve(VerificationResult.FILE))
        .filter(VerificationResult::passed)
        .map(VerificationResult::verifiedAt);
  }

  /** Replaces the result of the last verification. It is on the disk when this returns. */
  public void saveVerification(VerificationResult result) throws IOException {
    Path fresh = folder.resolveSibling(BackupCatalog.STAGING_PREFIX + UUID.randomUUID());
    try (StagedFile file = StagedFile.create(fresh, Runnable::run)) {
      file.write(result.toBytes());
      file.finish();
    }
    Files.move(fresh, folder.resolve(VerificationResult.FILE), ATOMIC_MOVE);
    StagedSet.flush(folder);
  }

  /**
   * Finds files that are missing or have another size than in the manifest, without reading them.
   *
   * @return by file name, what is wrong with it
   */
  public Map<String, String> damages() throws IOException {
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
    Map<String, String> damages = damages();
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
          .filter(name -> file(name).isEmpty() && !name.equals(VerificationResult.FILE))
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
