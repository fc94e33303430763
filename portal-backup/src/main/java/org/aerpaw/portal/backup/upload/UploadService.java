package org.aerpaw.portal.backup.upload;

import static org.aerpaw.portal.backup.upload.UploadRefusedException.invalid;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Pin;
import org.aerpaw.portal.backup.catalog.StagedFile;
import org.aerpaw.portal.backup.catalog.StagedSet;
import org.aerpaw.portal.backup.fixture.file.FixtureName;
import org.aerpaw.portal.backup.run.RunGroup;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.aerpaw.portal.backup.run.execution.RunService;
import org.aerpaw.portal.backup.upload.UploadRefusedException.Reason;

/** Creates sets from uploaded zip archives. */
public final class UploadService {

  private static final Logger LOG = System.getLogger(UploadService.class.getName());

  /** No file of a set has this name. */
  private static final String ARCHIVE = ".upload.zip";

  private static final int BUFFER = 1 << 16;

  private final BackupCatalog catalog;
  private final RunService runs;
  private final InstantSource clock;

  /**
   * What became of an upload.
   *
   * @param added false if there was an identical set before
   */
  public record Uploaded(String set, boolean added) {}

  public UploadService(BackupCatalog catalog, RunService runs, InstantSource clock) {
    this.catalog = catalog;
    this.runs = runs;
    this.clock = clock;
  }

  /**
   * Creates a set from an archive. It is pinned, since retention would delete an old one at once.
   *
   * @param zip a set as it is downloaded, or files without a manifest
   * @param uploadedBy the user to name in the pin
   * @throws UploadRefusedException if the archive is refused; nothing of it is left then
   * @throws RunInProgressException while another set is fetched or uploaded
   */
  public Uploaded upload(InputStream zip, String uploadedBy)
      throws RunInProgressException, SQLException, IOException {
    return runs.whileIdle(RunGroup.FETCH, () -> receiveAndUnpack(zip, uploadedBy));
  }

  private Uploaded receiveAndUnpack(InputStream zip, String uploadedBy) throws IOException {
    try (StagedSet set = catalog.quarantine()) {
      receive(zip, set);
      try (var archive = UploadedArchive.open(set.path(ARCHIVE), free())) {
        return unpack(archive, set, uploadedBy);
      }
    }
  }

  private void receive(InputStream zip, StagedSet set) throws IOException {
    long free = free();
    byte[] buffer = new byte[BUFFER];
    try (StagedFile archive = set.create(ARCHIVE)) {
      for (int count = zip.read(buffer); count >= 0; count = zip.read(buffer)) {
        archive.write(buffer, 0, count);
        if (archive.bytes() > free) {
          throw UploadRefusedException.tooLarge("the upload is too large", free);
        }
      }
      archive.finish();
    }
  }

  /** What an upload may take, so that the next dump has space. */
  private long free() throws IOException {
    long next =
        catalog.all().stream()
            .filter(set -> set.manifest().complete())
            .findFirst()
            .map(set -> set.manifest().bytes())
            .orElse(0L);
    return Math.max(0, Files.getFileStore(catalog.folder()).getUsableSpace() - next);
  }

  private Uploaded unpack(UploadedArchive archive, StagedSet set, String uploadedBy)
      throws IOException {
    Optional<byte[]> bytes = archive.manifest();
    Manifest manifest;
    if (bytes.isPresent()) {
      manifest = parse(bytes.get());
      if (catalog.isTaken(manifest.id())) {
        return requireIdentical(manifest.id(), bytes.get());
      }
      requireFilesOf(manifest, archive.names());
      for (Map.Entry<String, Manifest.FileEntry> file : manifest.files().entrySet()) {
        requireSame(file.getKey(), file.getValue(), unpack(archive, file.getKey(), set));
      }
    } else {
      manifest = unpackForeign(archive, set);
    }
    set.delete(ARCHIVE);
    set.pin(new Pin("uploaded", uploadedBy, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    boolean asLatest = manifest.countsAsBackup();
    Set<String> renamed =
        bytes.isPresent()
            ? set.publish(manifest, bytes.get(), asLatest)
            : set.publish(manifest, asLatest);
    renamed.forEach(name -> LOG.log(Level.WARNING, "{0}", StagedSet.renamedFile(name)));
    return new Uploaded(manifest.id(), true);
  }

  private static Manifest parse(byte[] bytes) throws UploadRefusedException {
    Manifest manifest;
    try {
      manifest = Manifest.parse(bytes);
    } catch (IOException e) {
      throw invalid(e.getMessage());
    }
    if (!BackupCatalog.isId(manifest.id())) {
      throw invalid("the id in the manifest is not a valid set id");
    }
    return manifest;
  }

  private Uploaded requireIdentical(String id, byte[] manifest) throws IOException {
    Path present = catalog.folder().resolve(id).resolve(Manifest.FILE);
    if (Files.exists(present) && !Arrays.equals(manifest, Files.readAllBytes(present))) {
      throw new UploadRefusedException(
          Reason.CONFLICT,
          "a different set named " + id + " already exists; it was not overwritten");
    }
    Optional<BackupSet> set = catalog.find(id);
    if (set.isEmpty() || !set.get().damagedFiles().isEmpty()) {
      throw new UploadRefusedException(
          Reason.CONFLICT,
          "the set "
              + id
              + " is on this server, but damaged; delete its directory, and upload it again");
    }
    return new Uploaded(id, false);
  }

  private static void requireFilesOf(Manifest manifest, List<String> names)
      throws UploadRefusedException {
    var missing = new TreeSet<>(manifest.files().keySet());
    missing.removeAll(names);
    var unknown = new TreeSet<>(names);
    unknown.removeAll(manifest.files().keySet());
    if (!missing.isEmpty()) {
      throw invalid(missing.first() + " is in the manifest, but not in the archive");
    }
    if (!unknown.isEmpty()) {
      throw invalid(unknown.first() + " is not in the manifest");
    }
  }

  /** The size and sha256 of a file. */
  private record Content(long bytes, String sha256) {}

  private static void requireSame(String name, Manifest.FileEntry expected, Content content)
      throws UploadRefusedException {
    if (content.bytes() != expected.bytes() || !content.sha256().equals(expected.sha256())) {
      throw invalid(name + " differs from the manifest");
    }
  }

  private Manifest unpackForeign(UploadedArchive archive, StagedSet set) throws IOException {
    if (archive.names().isEmpty()) {
      throw invalid("the archive contains no files");
    }
    Map<String, Long> sizes = new HashMap<>();
    Map<String, String> hashes = new HashMap<>();
    for (String name : archive.names()) {
      if (FixtureName.of(name).isEmpty()) {
        throw invalid(name + " is not the name of a fixture file, and there is no manifest");
      }
      Content content = unpack(archive, name, set);
      sizes.put(name, content.bytes());
      hashes.put(name, content.sha256());
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return Manifest.foreign(catalog.nextId(now), now, sizes, hashes);
  }

  /** Stops at the size that the archive states, whatever follows. */
  private static Content unpack(UploadedArchive archive, String name, StagedSet set)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    var crc = new CRC32();
    try (StagedFile file = set.create(name);
        InputStream in = archive.open(name)) {
      for (int count = read(in, buffer, name); count >= 0; count = read(in, buffer, name)) {
        crc.update(buffer, 0, count);
        file.write(buffer, 0, count);
        if (file.bytes() > archive.size(name)) {
          break;
        }
      }
      if (file.bytes() != archive.size(name) || crc.getValue() != archive.crc(name)) {
        throw invalid(name + " is damaged in the archive");
      }
      return new Content(file.bytes(), file.finish());
    }
  }

  private static int read(InputStream in, byte[] buffer, String name)
      throws UploadRefusedException {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw invalid(name + " is damaged in the archive");
    }
  }
}
