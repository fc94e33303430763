package org.aerpaw.portal.backup.encryption;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.aerpaw.portal.backup.binding.JsonBinding;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Sha256;
import org.aerpaw.portal.backup.run.InvalidRequestException;

/**
 * The content of an encrypted set's {@code manifest.json.age}. The unencrypted {@code
 * manifest.json} contains the sha256 of that file, and this one contains that of the unencrypted
 * one, so neither can be changed or exchanged.
 *
 * @param clearSha256 of the unencrypted {@code manifest.json} with {@link #NO_SHA256} in place of
 *     the sha256 of {@code manifest.json.age}
 * @param manifest of the decrypted files
 */
@JsonbPropertyOrder({"clearSha256", "manifest"})
public record EncryptedManifest(String clearSha256, Manifest manifest) {

  /** Stands for a sha256 that is not known yet. */
  static final String NO_SHA256 = "0".repeat(64);

  public EncryptedManifest {
    requireNonNull(clearSha256, "the member \"clearSha256\" is missing");
    requireNonNull(manifest, "the member \"manifest\" is missing");
  }

  byte[] toBytes() {
    return (JsonBinding.toIndentedJson(this) + "\n").getBytes(UTF_8);
  }

  /**
   * Decrypts the manifest of a set for a request.
   *
   * @param set the directory of an encrypted set
   * @param publicManifest its unencrypted {@code manifest.json}
   * @param identity null if the request has none
   * @throws InvalidRequestException if the identity is missing or invalid, or if the set is not
   *     encrypted for it
   * @throws IOException if one of the manifests is missing, damaged, or that of another set
   */
  public static Manifest read(Path set, Manifest publicManifest, Identity identity)
      throws InvalidRequestException, IOException {
    String encrypted =
        "the set "
            + publicManifest.id()
            + ", which is encrypted for "
            + String.join(", ", publicManifest.encryption().recipients());
    if (identity == null) {
      throw new InvalidRequestException(
          Identity.MEMBER, "a private key is needed for " + encrypted + "; see --identity");
    }
    try {
      return read(set, identity);
    } catch (WrongIdentityException e) {
      throw new InvalidRequestException(
          Identity.MEMBER, "the private key does not decrypt " + encrypted);
    }
  }

  /**
   * Reads the manifest of the decrypted files of a set.
   *
   * @param set the directory of an encrypted set
   * @throws WrongIdentityException if the set is not encrypted for the identity
   * @throws IOException if one of the manifests is missing, damaged, or that of another set
   */
  public static Manifest read(Path set, Identity identity) throws IOException {
    byte[] publicManifest = Files.readAllBytes(set.resolve(Manifest.FILE));
    Manifest.FileEntry entry = Manifest.parse(publicManifest).files().get(Manifest.ENCRYPTED_FILE);
    if (entry == null) {
      throw new IOException(Manifest.ENCRYPTED_FILE + " is not in the manifest");
    }
    byte[] encrypted = read(set.resolve(Manifest.ENCRYPTED_FILE));
    if (!Sha256.hex(encrypted).equals(entry.sha256())) {
      throw new IOException(Manifest.ENCRYPTED_FILE + ": the sha256 differs from the manifest");
    }
    EncryptedManifest content = decrypt(encrypted, identity);
    String text = new String(publicManifest, ISO_8859_1).replace(entry.sha256(), NO_SHA256);
    if (!Sha256.hex(text.getBytes(ISO_8859_1)).equals(content.clearSha256())) {
      throw new IOException(
          Manifest.FILE
              + " was changed, or "
              + Manifest.ENCRYPTED_FILE
              + " is that of another set");
    }
    return content.manifest();
  }

  private static byte[] read(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException(Manifest.ENCRYPTED_FILE + " is missing", e);
    }
  }

  private static EncryptedManifest decrypt(byte[] encrypted, Identity identity) throws IOException {
    try (var in = new DecryptingInputStream(new ByteArrayInputStream(encrypted), identity, null)) {
      return JsonBinding.bind(JsonBinding.parseObject(in.readAllBytes()), EncryptedManifest.class);
    } catch (JsonException | JsonbException e) {
      throw new IOException(Manifest.ENCRYPTED_FILE + " is damaged: " + e.getMessage(), e);
    }
  }
}
