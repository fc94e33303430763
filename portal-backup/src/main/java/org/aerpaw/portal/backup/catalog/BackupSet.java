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
 * A published set.
 *
 * @param folder its own, in which the manifest and its files never change again
 */
public record BackupSet(Path folder, Manifest manifest) {

  public String id() {
    return manifest.id();
  }

  /** One of the manifest's files, or the manifest; empty for any other name. */
  public Optional<Path> file(String name) {
    boolean known = name.equals(Manifest.FILE) || manifest.files().containsKey(name);
    return known ? Optional.of(folder.resolve(name)) : Optional.empty();
  }

  /** When the set was found good; empty if it never was, or no longer is. */
  public Optional<Instant> verified() {
    return VerificationResult.read(folder.resolve(VerificationResult.FILE))
        .filter(VerificationResult::passed)
        .map(VerificationResult::verifiedAt);
  }

  /**
   * Keeps how a verification ended, in the place of the one before. It is on the disk when this
   * returns.
   */
  public void keep(VerificationResult outcome) throws IOException {
    Path fresh = folder.resolveSibling(BackupCatalog.STAGING_PREFIX + UUID.randomUUID());
    try (StagedFile file = StagedFile.create(fresh, Runnable::run)) {
      file.write(outcome.toBytes());
      file.finish();
    }
    Files.move(fresh, folder.resolve(VerificationResult.FILE), ATOMIC_MOVE);
    StagedSet.flush(folder);
  }

  /**
   * What the folder holds otherwise than the manifest says, a sentence for each file's name: files
   * that are missing, changed or too many. Reads all of them.
   */
  public Map<String, String> verifyFiles() throws IOException {
    Map<String, String> verifyFiles = new TreeMap<>();
    for (var file : manifest.files().entrySet()) {
      damage(folder.resolve(file.getKey()), file.getValue())
          .ifPresent(damage -> verifyFiles.put(file.getKey(), damage));
    }
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> file(name).isEmpty() && !name.equals(VerificationResult.FILE))
          .forEach(name -> verifyFiles.put(name, "it is not in the manifest"));
    }
    return verifyFiles;
  }

  private static Optional<String> damage(Path file, Manifest.FileEntry manifestEntry)
      throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of("it is missing");
    }
    long bytes = Files.size(file);
    if (bytes != manifestEntry.bytes()) {
      return Optional.of(
          "it has " + bytes + " bytes, not the " + manifestEntry.bytes() + " of the manifest");
    }
    return Sha256.hex(file).equals(manifestEntry.sha256())
        ? Optional.empty()
        : Optional.of("the sha256 differs from the manifest");
  }
}
