package org.aerpaw.portal.backup.encryption;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Sha256;
import org.aerpaw.portal.backup.catalog.StagedFile;
import org.aerpaw.portal.backup.catalog.VerificationResult;
import org.aerpaw.portal.backup.fixture.compress.Compression;
import org.aerpaw.portal.backup.fixture.file.FixtureName;
import org.apache.commons.io.output.CountingOutputStream;

/** Encrypts the files of a set for recipients. */
public final class SetEncryption {

  private static final int BUFFER = 1 << 16;

  /** Creates the encrypted files. */
  @FunctionalInterface
  public interface Target {
    StagedFile create(String name) throws IOException;
  }

  private final Recipients recipients;
  private final Target target;
  private final Consumer<String> progress;

  /** The entries of the files as they are after decryption, and as they are encrypted. */
  private final Map<String, Manifest.FileEntry> decrypted = new TreeMap<>();

  private final Map<String, Manifest.FileEntry> encrypted = new TreeMap<>();

  private SetEncryption(Recipients recipients, Target target, Consumer<String> progress) {
    this.recipients = recipients;
    this.target = target;
    this.progress = progress;
  }

  /**
   * Encrypts every file of a set and its manifest; files that are not compressed are compressed
   * with gzip first. The set itself does not change. Memory use is independent of its size.
   *
   * @param verification the result of a trial restore of the set; null if there was none
   * @param target creates {@code users.json.gz.age} and so on, and {@code manifest.json.age}
   * @param progress receives the name of the file in progress, often
   * @return the manifest of the encrypted set, to be written last
   * @throws IOException if a file differs from the manifest of the set
   */
  public static Manifest encrypt(
      BackupSet set,
      Recipients recipients,
      VerificationResult verification,
      Target target,
      Consumer<String> progress)
      throws IOException {
    var encryption = new SetEncryption(recipients, target, progress);
    for (var file : set.manifest().files().entrySet()) {
      encryption.encrypt(set, file.getKey(), file.getValue());
    }
    return encryption.encryptManifest(
        set.manifest(), new Manifest.Encryption(recipients.keys(), verification));
  }

  /** The name of the encrypted file, such as {@code users.json.gz.age} for {@code users.json}. */
  public static String encryptedName(String file) {
    return compressedName(file) + FixtureName.ENCRYPTED;
  }

  private static String compressedName(String file) {
    return isCompressed(file) ? file : file + Compression.GZ.extension();
  }

  private static boolean isCompressed(String file) {
    return FixtureName.of(file).orElseThrow().compression() != Compression.NONE;
  }

  private void encrypt(BackupSet set, String name, Manifest.FileEntry entry) throws IOException {
    var sourceHash = Sha256.digest();
    var contentHash = Sha256.digest();
    try (InputStream source =
            new DigestInputStream(Files.newInputStream(set.folder().resolve(name)), sourceHash);
        StagedFile file = target.create(encryptedName(name))) {
      var content = new CountingOutputStream(recipients.encrypt(file));
      try (var hashed = new DigestOutputStream(content, contentHash);
          OutputStream out = isCompressed(name) ? hashed : Compression.GZ.compress(hashed)) {
        copy(name, source, out);
      }
      if (!Sha256.hex(sourceHash).equals(entry.sha256())) {
        throw new IOException(
            name
                + " of the set "
                + set.id()
                + " differs from its manifest, so the set cannot be encrypted");
      }
      decrypted.put(
          compressedName(name), entry.withContent(Sha256.hex(contentHash), content.getByteCount()));
      encrypted.put(encryptedName(name), entry.encrypted(file.finish(), file.bytes()));
    }
  }

  private void copy(String name, InputStream source, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
      progress.accept(name);
      out.write(buffer, 0, count);
    }
  }

  /**
   * Each manifest contains the sha256 of the other one, see {@link EncryptedManifest}. The size of
   * the encrypted manifest is the same whatever hash it contains.
   */
  private Manifest encryptManifest(Manifest set, Manifest.Encryption encryption)
      throws IOException {
    Manifest manifest = set.withFiles(decrypted);
    long size = encrypt(new EncryptedManifest(EncryptedManifest.NO_SHA256, manifest)).length;
    Manifest publicManifest = publicManifest(set, encryption, EncryptedManifest.NO_SHA256, size);
    String clearSha256 = Sha256.hex(publicManifest.toBytes());
    try (StagedFile file = target.create(Manifest.ENCRYPTED_FILE)) {
      file.write(encrypt(new EncryptedManifest(clearSha256, manifest)));
      return publicManifest(set, encryption, file.finish(), size);
    }
  }

  private byte[] encrypt(EncryptedManifest manifest) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (OutputStream out = recipients.encrypt(bytes)) {
      out.write(manifest.toBytes());
    }
    return bytes.toByteArray();
  }

  private Manifest publicManifest(
      Manifest set, Manifest.Encryption encryption, String manifestSha256, long manifestBytes) {
    Map<String, Manifest.FileEntry> files = new TreeMap<>(encrypted);
    Instant snapshot =
        encrypted.values().stream()
            .map(Manifest.FileEntry::snapshot)
            .max(Comparator.naturalOrder())
            .orElseThrow();
    files.put(
        Manifest.ENCRYPTED_FILE,
        Manifest.FileEntry.ofMetadata(manifestSha256, manifestBytes, snapshot));
    return set.encrypted(files, encryption);
  }
}
