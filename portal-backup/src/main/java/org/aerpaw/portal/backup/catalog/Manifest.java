package org.aerpaw.portal.backup.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Collections.unmodifiableMap;
import static java.util.Objects.requireNonNull;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.aerpaw.portal.backup.binding.JsonBinding;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.aerpaw.portal.backup.fixture.file.FixtureName;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;

/**
 * The content of a set's {@code manifest.json}: what the set consists of and where it comes from.
 *
 * @param format the version of this format, always {@link #FORMAT}
 * @param id the set's name
 * @param complete whether the set contains every app that a dump contains by default, each with all
 *     its models
 * @param safetyBackup whether a replacing load made the set so that the load can be undone
 * @param foreign whether the files came without a manifest, so that this one says nothing of their
 *     content
 * @param mask the masking profile of the set; null if its values are the real ones
 * @param versions of the portal, its schema and PostgreSQL, by name
 * @param wal the position in PostgreSQL's write-ahead log when the snapshot was taken
 * @param standby the server that the rows were read from; null for the database's own
 * @param files by name
 * @param externalReferences the references to models that are not in the set
 * @param referencedIdentities the primary and natural keys of the groups and permissions that
 *     external references may refer to, by label; a dump excludes them by default. (The name is
 *     older than the term identity for a private key, and has nothing to do with it.)
 * @param encryption for whom the files are encrypted; null if they are not. The manifest of an
 *     encrypted set contains neither numbers of objects nor references; these are in {@link
 *     #ENCRYPTED_FILE}
 */
@JsonbPropertyOrder({
  "format",
  "id",
  "complete",
  "safetyBackup",
  "foreign",
  "mask",
  "versions",
  "wal",
  "standby",
  "files",
  "externalReferences",
  "referencedIdentities",
  "encryption"
})
public record Manifest(
    int format,
    String id,
    boolean complete,
    boolean safetyBackup,
    boolean foreign,
    AppliedMask mask,
    Map<String, String> versions,
    String wal,
    Standby standby,
    Map<String, FileEntry> files,
    List<ExternalReference> externalReferences,
    Map<String, List<ReferencedObject>> referencedIdentities,
    Encryption encryption) {

  /** The file in the set. */
  public static final String FILE = "manifest.json";

  /** The file of an encrypted set that contains the manifest from before the encryption. */
  public static final String ENCRYPTED_FILE = FILE + FixtureName.ENCRYPTED;

  public static final int FORMAT = 1;

  private static final Pattern PLAIN_NAME = Pattern.compile("[^./\\x00][^/\\x00]*");

  public Manifest {
    requireNonNull(id, "the member \"id\" is missing");
    requireNonNull(wal, "the member \"wal\" is missing");
    requireNonNull(versions, "the member \"versions\" is missing");
    versions = unmodifiableMap(new TreeMap<>(versions));
    requireNonNull(files, "the member \"files\" is missing");
    files = unmodifiableMap(new TreeMap<>(files));
    requireNonNull(externalReferences, "the member \"externalReferences\" is missing");
    externalReferences = List.copyOf(externalReferences);
    requireNonNull(referencedIdentities, "the member \"referencedIdentities\" is missing");
    referencedIdentities = unmodifiableMap(new TreeMap<>(referencedIdentities));
    // A manifest may come from elsewhere, and its files must be in its directory.
    for (String name : files.keySet()) {
      if (!PLAIN_NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("files: not a plain file name: " + name);
      }
    }
    // Otherwise deleting one member of the manifest would switch off all checks of an encrypted
    // set.
    if (!foreign && (encryption != null) != files.containsKey(ENCRYPTED_FILE)) {
      throw new IllegalArgumentException(
          "the manifest must have either both \"encryption\" and the file "
              + ENCRYPTED_FILE
              + ", or neither");
    }
  }

  /**
   * The profile that says which values of a set were masked, and how.
   *
   * @param profile its name
   * @param sha256 of its file, in hexadecimal
   */
  @JsonbPropertyOrder({"profile", "sha256"})
  public record AppliedMask(String profile, String sha256) {

    public AppliedMask {
      requireNonNull(profile, "mask: the member \"profile\" is missing");
      requireNonNull(sha256, "mask: the member \"sha256\" is missing");
    }
  }

  /**
   * The standby that the rows were read from.
   *
   * @param server its host and port
   * @param lagSeconds how old its rows were at most; null if that is unknown
   * @param lagBytes the part of the write-ahead log that it had not replayed
   */
  @JsonbPropertyOrder({"server", "lagSeconds", "lagBytes"})
  public record Standby(String server, BigDecimal lagSeconds, long lagBytes) {

    public Standby {
      requireNonNull(server, "standby: the member \"server\" is missing");
    }

    /** The server and its lag. */
    public String describe() {
      return "the standby %s, %s behind (%d bytes of the write-ahead log)"
          .formatted(server, lagSeconds == null ? "an unknown time" : lagSeconds + " s", lagBytes);
    }
  }

  /**
   * One file.
   *
   * @param sha256 in hexadecimal
   * @param snapshot the time of the snapshot that the file's rows come from
   * @param indent spaces per level; null for a file on one line
   * @param timestamps their precision
   * @param naturalForeign whether references are written as natural keys where there are any
   * @param naturalPrimary whether objects with a natural key are written without primary key
   * @param partial whether the file contains only some objects of its models
   * @param models the number of objects by label, in the order of the file
   */
  @JsonbPropertyOrder({
    "sha256",
    "bytes",
    "snapshot",
    "indent",
    "timestamps",
    "naturalForeign",
    "naturalPrimary",
    "partial",
    "models"
  })
  public record FileEntry(
      String sha256,
      long bytes,
      Instant snapshot,
      @JsonbNillable Integer indent,
      TimestampPrecision timestamps,
      boolean naturalForeign,
      boolean naturalPrimary,
      boolean partial,
      LinkedHashMap<String, Long> models) {

    public FileEntry {
      requireNonNull(sha256, "the member \"sha256\" is missing");
      requireNonNull(snapshot, "the member \"snapshot\" is missing");
      requireNonNull(timestamps, "the member \"timestamps\" is missing");
      requireNonNull(models, "the member \"models\" is missing");
      models = new LinkedHashMap<>(models);
    }

    /** The entry of a file without rows. */
    public static FileEntry ofMetadata(String sha256, long bytes, Instant snapshot) {
      return new FileEntry(
          sha256,
          bytes,
          snapshot,
          FileLayout.DEFAULT.indent(),
          FileLayout.DEFAULT.timestamps(),
          false,
          false,
          false,
          new LinkedHashMap<>());
    }

    /** The entry of the same rows in other bytes. */
    public FileEntry withContent(String otherSha256, long otherBytes) {
      return with(otherSha256, otherBytes, models);
    }

    /** The entry of the encrypted file, which does not tell what it contains. */
    public FileEntry encrypted(String encryptedSha256, long encryptedBytes) {
      return with(encryptedSha256, encryptedBytes, new LinkedHashMap<>());
    }

    private FileEntry with(
        String otherSha256, long otherBytes, LinkedHashMap<String, Long> otherModels) {
      return new FileEntry(
          otherSha256,
          otherBytes,
          snapshot,
          indent,
          timestamps,
          naturalForeign,
          naturalPrimary,
          partial,
          otherModels);
    }

    /** The number of all objects of the file. */
    public long objects() {
      return models.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * How a set was encrypted.
   *
   * @param recipients the public keys for whom each file is encrypted
   * @param verification the result of the trial restore before the encryption; null if none was
   *     made
   */
  @JsonbPropertyOrder({"recipients", "verification"})
  public record Encryption(List<String> recipients, VerificationResult verification) {
    public Encryption {
      recipients = List.copyOf(requireNonNull(recipients, "the member \"recipients\" is missing"));
    }
  }

  /**
   * The references of a field to a model that is not in the set.
   *
   * @param field the field with its model, such as {@code users.aerpawuser.groups}
   * @param to the label of the model that is not in the set
   * @param references their number
   */
  @JsonbPropertyOrder({"field", "to", "references"})
  public record ExternalReference(String field, String to, long references) {

    /** The label of the model of the field. */
    public String model() {
      return field.substring(0, field.lastIndexOf('.'));
    }

    /** A sentence for reports. */
    public String describe() {
      return references + " references from " + field + " to " + to + ", which is not in this set";
    }
  }

  /**
   * The primary key and the natural key of an object that the set refers to but does not contain.
   */
  @JsonbPropertyOrder({"pk", "naturalKey"})
  public record ReferencedObject(long pk, List<String> naturalKey) {}

  /**
   * The manifest of files that came without one.
   *
   * @param received when they came
   * @param sizes the bytes of each file, by name
   * @param hashes the sha256 of each file, by name
   */
  public static Manifest foreign(
      String id, Instant received, Map<String, Long> sizes, Map<String, String> hashes) {
    Map<String, FileEntry> files = new TreeMap<>();
    sizes.forEach(
        (name, bytes) ->
            files.put(
                name,
                new FileEntry(
                    hashes.get(name),
                    bytes,
                    received,
                    null,
                    TimestampPrecision.EXACT,
                    false,
                    false,
                    false,
                    new LinkedHashMap<>())));
    return new Manifest(
        FORMAT, id, false, false, true, null, Map.of(), "", null, files, List.of(), Map.of(), null);
  }

  /** Whether the set counts as a backup: safety backups, partial and masked sets do not. */
  public boolean countsAsBackup() {
    return complete && !safetyBackup && mask == null;
  }

  /** The manifest of the same content in other files. */
  public Manifest withFiles(Map<String, FileEntry> others) {
    return with(others, externalReferences, referencedIdentities, encryption);
  }

  /** The unencrypted {@link #FILE} of a set with the same content in encrypted files. */
  public Manifest encrypted(Map<String, FileEntry> encryptedFiles, Encryption how) {
    return with(encryptedFiles, List.of(), Map.of(), how);
  }

  private Manifest with(
      Map<String, FileEntry> otherFiles,
      List<ExternalReference> otherReferences,
      Map<String, List<ReferencedObject>> otherObjects,
      Encryption otherEncryption) {
    return new Manifest(
        format,
        id,
        complete,
        safetyBackup,
        foreign,
        mask,
        versions,
        wal,
        standby,
        otherFiles,
        otherReferences,
        otherObjects,
        otherEncryption);
  }

  /** How much older the rows may be than the time of the set; zero if that is unknown. */
  public Duration lag() {
    return standby == null || standby.lagSeconds() == null
        ? Duration.ZERO
        : Duration.ofMillis(standby.lagSeconds().movePointRight(3).longValue());
  }

  /** Whether the files are encrypted. */
  public boolean isEncrypted() {
    return encryption != null;
  }

  /** The number of all objects of all files; 0 if they are encrypted. */
  public long objects() {
    return files.values().stream().mapToLong(FileEntry::objects).sum();
  }

  /** The number of all objects of all files; null if the manifest does not contain it. */
  public Long knownObjects() {
    return isEncrypted() || foreign ? null : Long.valueOf(objects());
  }

  /** The bytes of all files. */
  public long bytes() {
    return files.values().stream().mapToLong(FileEntry::bytes).sum();
  }

  /**
   * Reads a manifest.
   *
   * @throws IOException if the file is missing, damaged or of another format
   */
  public static Manifest read(Path file) throws IOException {
    return parse(Files.readAllBytes(file));
  }

  /**
   * Parses the content of a manifest.
   *
   * @throws IOException if it is damaged or of another format
   */
  public static Manifest parse(byte[] content) throws IOException {
    try {
      JsonObject json = JsonBinding.parseObject(content);
      int format = JsonBinding.bind(json, Header.class).format();
      if (format != FORMAT) {
        throw new IOException(
            "the manifest has format " + format + "; this version of the portal reads " + FORMAT);
      }
      return JsonBinding.bind(json, Manifest.class);
    } catch (JsonException e) {
      throw new IOException("the manifest is " + e.getMessage(), e);
    } catch (JsonbException e) {
      throw new IOException("the manifest is damaged: " + e.getMessage(), e);
    }
  }

  /** The part that all formats have in common. */
  public record Header(Integer format) {
    public Header {
      requireNonNull(format, "the member \"format\" is missing");
    }
  }

  /** The text of the file. */
  public byte[] toBytes() {
    return (JsonBinding.toIndentedJson(this) + "\n").getBytes(UTF_8);
  }
}
