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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.aerpaw.portal.backup.binding.JsonBinding;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;

/**
 * The content of a set's {@code manifest.json}: what the set consists of and where it comes from.
 *
 * @param format the version of this format, always {@link #FORMAT}
 * @param id the set's name
 * @param complete whether the set contains every app that a dump contains by default, each with all
 *     its models
 * @param safetyBackup whether a replacing load made the set, to be undone by it
 * @param foreign whether the files came without a manifest, so that this one says nothing of their
 *     content
 * @param mask what replaced values of the set; null for a set with the real ones
 * @param versions of the portal, its schema and PostgreSQL, by name
 * @param wal the position in PostgreSQL's write-ahead log when the snapshot was taken
 * @param files by name
 * @param externalReferences the references to models that are not in the set
 * @param referencedIdentities the groups and permissions that external references may refer to, by
 *     label; a dump excludes them by default
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
  "files",
  "externalReferences",
  "referencedIdentities"
})
public record Manifest(
    int format,
    String id,
    boolean complete,
    boolean safetyBackup,
    boolean foreign,
    Mask mask,
    Map<String, String> versions,
    String wal,
    Map<String, FileEntry> files,
    List<ExternalReference> externalReferences,
    Map<String, List<ReferencedIdentity>> referencedIdentities) {

  /** The file in the set. */
  public static final String FILE = "manifest.json";

  public static final int FORMAT = 1;

  private static final Pattern PLAIN_NAME = Pattern.compile("[^./\\x00][^/\\x00]*");

  public Manifest {
    requireNonNull(id, "id is missing");
    requireNonNull(wal, "wal is missing");
    requireNonNull(versions, "versions is missing");
    versions = unmodifiableMap(new TreeMap<>(versions));
    requireNonNull(files, "files is missing");
    files = unmodifiableMap(new TreeMap<>(files));
    requireNonNull(externalReferences, "externalReferences is missing");
    externalReferences = List.copyOf(externalReferences);
    requireNonNull(referencedIdentities, "referencedIdentities is missing");
    referencedIdentities = unmodifiableMap(new TreeMap<>(referencedIdentities));
    // A manifest may come from elsewhere, and its files must lie beside it.
    for (String name : files.keySet()) {
      if (!PLAIN_NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("files: not a plain file name: " + name);
      }
    }
  }

  /**
   * The profile that says which values of a set were masked, and how.
   *
   * @param profile its name
   * @param sha256 of its file, in hexadecimal
   */
  @JsonbPropertyOrder({"profile", "sha256"})
  public record Mask(String profile, String sha256) {

    public Mask {
      requireNonNull(profile, "mask: profile is missing");
      requireNonNull(sha256, "mask: sha256 is missing");
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
      requireNonNull(sha256, "sha256 is missing");
      requireNonNull(snapshot, "snapshot is missing");
      requireNonNull(timestamps, "timestamps is missing");
      requireNonNull(models, "models is missing");
      models = new LinkedHashMap<>(models);
    }

    /** The number of all objects of the file. */
    public long objects() {
      return models.values().stream().mapToLong(Long::longValue).sum();
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
  public record ReferencedIdentity(long pk, List<String> naturalKey) {}

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
        FORMAT, id, false, false, true, null, Map.of(), "", files, List.of(), Map.of());
  }

  /** Whether the set counts as a backup: safety backups, partial and masked sets do not. */
  public boolean countsAsBackup() {
    return complete && !safetyBackup && mask == null;
  }

  /** The number of all objects of all files. */
  public long objects() {
    return files.values().stream().mapToLong(FileEntry::objects).sum();
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
      requireNonNull(format, "format is missing");
    }
  }

  byte[] toBytes() {
    return (JsonBinding.toIndentedJson(this) + "\n").getBytes(UTF_8);
  }
}
