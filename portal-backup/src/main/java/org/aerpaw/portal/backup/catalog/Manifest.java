package org.aerpaw.portal.backup.catalog;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a set says of itself, in its {@code manifest.json}.
 *
 * @param id the set's name
 * @param complete whether each file holds every model of its app
 * @param versions of the portal, its schema and PostgreSQL, by name
 * @param wal the position in PostgreSQL's write-ahead log when the snapshot was taken
 * @param files by name
 * @param leaving references to models that the set does not hold
 * @param roles the objects of the models that no dump holds unless it is told so and that
 *     references lead to, by label
 */
public record Manifest(
    String id,
    boolean complete,
    Map<String, String> versions,
    String wal,
    Map<String, FileEntry> files,
    List<Leaving> leaving,
    Map<String, List<Role>> roles) {

  /** The file in the set. */
  public static final String FILE = "manifest.json";

  private static final int FORMAT = 1;
  private static final Pattern PLAIN = Pattern.compile("[^./\\x00][^/\\x00]*");

  /**
   * One file.
   *
   * @param sha256 in hexadecimal
   * @param snapshot when the file's rows were all so
   * @param indent blanks a level; null where everything is on one line
   * @param timestamps how they are written: exact or milliseconds
   * @param naturalForeign whether references are natural keys where there are any
   * @param naturalPrimary whether objects that have a natural key are without their keys
   * @param chosen whether it holds only the objects that were asked for by their keys, and not all
   *     of its models
   * @param models objects by label
   */
  public record FileEntry(
      String sha256,
      long bytes,
      Instant snapshot,
      Integer indent,
      String timestamps,
      boolean naturalForeign,
      boolean naturalPrimary,
      boolean chosen,
      Map<String, Long> models) {

    /** All objects of the file. */
    public long objects() {
      return models.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** How many references of a field lead to a model that the set does not hold. */
  public record Leaving(String field, String to, long references) {}

  /** An object by its key, and what it is known by where the key is not the same. */
  public record Role(long pk, List<String> name) {}

  /** All objects of all files. */
  public long objects() {
    return files.values().stream().mapToLong(FileEntry::objects).sum();
  }

  /**
   * @throws IOException if there is none, or it is none of this format
   */
  public static Manifest read(Path file) throws IOException {
    try (var in = Files.newInputStream(file);
        var reader = Json.createReader(in)) {
      JsonObject json = reader.readObject();
      if (json.getInt("format") != FORMAT) {
        throw new IOException(
            "the manifest has the format "
                + json.getInt("format")
                + ", this portal reads "
                + FORMAT);
      }
      return fromJson(json);
    } catch (JsonException
        | NullPointerException
        | ClassCastException
        | ArithmeticException
        | DateTimeException e) {
      throw new IOException("the manifest cannot be read", e);
    }
  }

  byte[] toBytes() {
    var bytes = new ByteArrayOutputStream();
    try (var writer =
        Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true)).createWriter(bytes)) {
      writer.write(toJson());
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  /** As it stands in the file. */
  public JsonObject toJson() {
    JsonObjectBuilder fileList = Json.createObjectBuilder();
    files.forEach(
        (name, file) -> {
          JsonObjectBuilder models = Json.createObjectBuilder();
          file.models().forEach(models::add);
          fileList.add(
              name,
              Json.createObjectBuilder()
                  .add("sha256", file.sha256())
                  .add("bytes", file.bytes())
                  .add("snapshot", file.snapshot().toString())
                  .add("indent", indent(file))
                  .add("timestamps", file.timestamps())
                  .add("naturalForeign", file.naturalForeign())
                  .add("naturalPrimary", file.naturalPrimary())
                  .add("chosen", file.chosen())
                  .add("models", models));
        });
    JsonObjectBuilder json =
        Json.createObjectBuilder().add("format", FORMAT).add("id", id).add("complete", complete);
    JsonObjectBuilder versionList = Json.createObjectBuilder();
    versions.forEach(versionList::add);
    var leavingList = Json.createArrayBuilder();
    for (Leaving one : leaving) {
      leavingList.add(
          Json.createObjectBuilder()
              .add("field", one.field())
              .add("to", one.to())
              .add("references", one.references()));
    }
    JsonObjectBuilder roleList = Json.createObjectBuilder();
    roles.forEach(
        (model, objects) -> {
          var list = Json.createArrayBuilder();
          objects.forEach(
              role ->
                  list.add(
                      Json.createObjectBuilder()
                          .add("pk", role.pk())
                          .add("name", Json.createArrayBuilder(role.name()))));
          roleList.add(model, list);
        });
    return json.add("versions", versionList)
        .add("wal", wal)
        .add("files", fileList)
        .add("leaving", leavingList)
        .add("roles", roleList)
        .build();
  }

  private static JsonValue indent(FileEntry file) {
    return file.indent() == null ? JsonValue.NULL : Json.createValue(file.indent());
  }

  private static Manifest fromJson(JsonObject json) {
    Map<String, String> versions = new LinkedHashMap<>();
    json.getJsonObject("versions")
        .forEach((name, value) -> versions.put(name, ((JsonString) value).getString()));
    Map<String, FileEntry> files = new LinkedHashMap<>();
    json.getJsonObject("files")
        .forEach((name, value) -> files.put(plain(name), fileEntry(value.asJsonObject())));
    Map<String, List<Role>> roles = new LinkedHashMap<>();
    json.getJsonObject("roles")
        .forEach((model, list) -> roles.put(model, list.asJsonArray().getValuesAs(Manifest::role)));
    return new Manifest(
        json.getString("id"),
        json.getBoolean("complete"),
        versions,
        json.getString("wal"),
        files,
        json.getJsonArray("leaving").getValuesAs(Manifest::leaving),
        roles);
  }

  /** A manifest may have come from elsewhere; what it names lies beside it. */
  private static String plain(String name) {
    if (!PLAIN.matcher(name).matches()) {
      throw new JsonException("no file of a set can have the name " + name);
    }
    return name;
  }

  private static FileEntry fileEntry(JsonObject json) {
    Map<String, Long> models = new LinkedHashMap<>();
    JsonObject counts = json.getJsonObject("models");
    counts
        .keySet()
        .forEach(model -> models.put(model, counts.getJsonNumber(model).longValueExact()));
    return new FileEntry(
        json.getString("sha256"),
        json.getJsonNumber("bytes").longValueExact(),
        Instant.parse(json.getString("snapshot")),
        json.isNull("indent") ? null : json.getJsonNumber("indent").intValueExact(),
        json.getString("timestamps"),
        json.getBoolean("naturalForeign", false),
        json.getBoolean("naturalPrimary", false),
        json.getBoolean("chosen", false),
        models);
  }

  private static Leaving leaving(JsonValue value) {
    JsonObject json = value.asJsonObject();
    return new Leaving(
        json.getString("field"),
        json.getString("to"),
        json.getJsonNumber("references").longValueExact());
  }

  private static Role role(JsonValue value) {
    JsonObject json = value.asJsonObject();
    return new Role(
        json.getJsonNumber("pk").longValueExact(),
        json.getJsonArray("name").getValuesAs(JsonString::getString));
  }
}
