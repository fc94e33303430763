package org.aerpaw.portal.backup.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How the verification of a set ended, in its {@code verified.json}.
 *
 * @param portal the version that verified
 * @param sound whether the set was found good
 */
public record VerificationResult(Instant when, String portal, boolean sound) {

  /** The file in the set. */
  public static final String FILE = "verified.json";

  private static final String SOUND = "done";
  private static final String UNSOUND = "failed";

  public VerificationResult {
    Objects.requireNonNull(when, "when");
    Objects.requireNonNull(portal, "portal");
  }

  /** Empty if there is none, or none that says anything. */
  static Optional<VerificationResult> read(Path file) {
    try (var in = Files.newInputStream(file);
        var reader = Json.createReader(in)) {
      JsonObject json = reader.readObject();
      return Optional.of(
          new VerificationResult(
              Instant.parse(json.getString("when")),
              json.getString("portal"),
              json.getString("outcome").equals(SOUND)));
    } catch (NoSuchFileException
        | JsonException
        | NullPointerException
        | ClassCastException
        | DateTimeException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] toBytes() {
    JsonObject json =
        Json.createObjectBuilder()
            .add("when", when.toString())
            .add("portal", portal)
            .add("outcome", sound ? SOUND : UNSOUND)
            .build();
    return (json + "\n").getBytes(UTF_8);
  }
}
