package org.aerpaw.portal.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import org.aerpaw.portal.cli.FakePortal.Outcome;
import org.aerpaw.portal.cli.client.ExitStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Private keys: how they are checked, and where they are sent. */
@Isolated("It sets a system property.")
class KeysCommandTest {

  private static final String SET =
      """
      {"id": "s", "kept": [], "damages": {}, "manifest": {"complete": true, "externalReferences": [],
       "files": {"users.json.gz.age": {}, "manifest.json.age": {}}%s}}
      """;
  private static final String ENCRYPTION =
      ", \"encryption\": {\"recipients\": [\"age1one\", \"age1two\"]}";

  @TempDir Path folder;
  private FakePortal portal;
  private String recipient;
  private String identity;
  private Path key;

  @BeforeEach
  void start() throws Exception {
    KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
    recipient = new String(pair.getPublic().getEncoded(), US_ASCII);
    identity = new String(pair.getPrivate().getEncoded(), US_ASCII);
    key = Files.writeString(folder.resolve("key.txt"), "# created\n" + identity + "\n");
    portal = new FakePortal();
    portal
        .answering("GET /api/sets/latest", 200, SET.formatted(ENCRYPTION))
        .answering("GET /api/sets/s/users.json.gz.age", encrypt())
        .answering("GET /api/sets/s/manifest.json.age", encrypt());
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  private byte[] encrypt() throws Exception {
    var bytes = new ByteArrayOutputStream();
    var writer = X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient);
    try (var channel =
        new StandardEncryptingChannelFactory()
            .newEncryptingChannel(Channels.newChannel(bytes), List.of(writer))) {
      channel.write(ByteBuffer.wrap(new byte[100_000]));
    }
    return bytes.toByteArray();
  }

  @Test
  void keyThatDecryptsEveryFileIsConfirmedAndNotSent() {
    Outcome outcome = portal.run("keys", "check", key.toString());

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .isEqualTo(
            key + " decrypts 2 files of the set s, which is encrypted for age1one, age1two\n");
    assertThat(portal.requests()).hasSize(3).noneMatch(request -> request.contains(identity));
  }

  @Test
  void eachFileThatAKeyDoesNotDecryptIsNamed() throws Exception {
    portal.answering("GET /api/sets/s/users.json.gz.age", "other".getBytes(US_ASCII));

    Outcome outcome = portal.run("keys", "check", key.toString());

    assertThat(outcome.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(outcome.err())
        .isEqualTo(
            key
                + " does not decrypt users.json.gz.age.\n"
                + "The set s is encrypted for age1one, age1two.\n");
  }

  @Test
  void setThatIsNotEncryptedIsRefused() {
    portal.answering("GET /api/sets/latest", 200, SET.formatted(""));

    assertThat(portal.run("keys", "check", key.toString()).err())
        .isEqualTo(
            "The set s is not encrypted.\n"
                + "If only copies in the store are encrypted, download manifest.json.age of a copy"
                + " and check the key with: age -d -i "
                + key
                + " manifest.json.age\n");
  }

  @Test
  void fileWithoutAKeyIsWrongUsage() throws Exception {
    Files.writeString(key, recipient);
    Outcome publicKey = portal.run("keys", "check", key.toString());
    Outcome missing = portal.run("keys", "check", folder.resolve("none").toString());
    Outcome directory = portal.run("keys", "check", folder.toString());
    Files.writeString(key, "AGE-SECRET-KEY-1DAMAGED");
    Outcome damaged = portal.run("load", "--identity", key.toString());

    assertThat(List.of(publicKey.status(), missing.status(), damaged.status()))
        .containsOnly(ExitStatus.WRONG_USAGE);
    assertThat(publicKey.err()).startsWith(key + " contains no private key");
    assertThat(directory.err()).isEqualTo(folder + " cannot be read: Is a directory\n");
    assertThat(missing.err()).startsWith("There is no file ");
    assertThat(damaged.err()).isEqualTo(key + " contains a damaged private key.\n");
    assertThat(portal.requests()).isEmpty();
  }

  @Test
  void loadAndDiffSendTheKeyWithoutTheCommentsOfItsFile() {
    portal.run("load", "--identity", key.toString());
    portal.run("diff", "latest", "--identity", key.toString());

    assertThat(portal.requests()).hasSize(2).allSatisfy(this::hasOnlyTheKey);
  }

  @Test
  void keyWithAPassphraseIsRefusedWithTheCommandThatPassesItOn() throws IOException {
    for (String first : List.of("age-encryption.org/v1", "-----BEGIN AGE ENCRYPTED FILE-----")) {
      Files.write(key, (first + "\n\u00ff").getBytes(ISO_8859_1));

      Outcome outcome = portal.run("load", "--identity", key.toString());

      assertThat(outcome.status()).isEqualTo(ExitStatus.WRONG_USAGE);
      assertThat(outcome.err())
          .isEqualTo(
              ("%s is itself encrypted. Decrypt it with age, and let ./portal read the result from"
                      + " standard input: age -d %s | ./portal ... -\n")
                  .formatted(key, key));
    }
    assertThat(portal.requests()).isEmpty();
  }

  @Test
  void fileOfAKeyIsRelativeToTheDirectoryOfTheCaller() {
    System.setProperty("portal.directory", folder.toString());
    try {
      portal.run("load", "--identity", "key.txt");
    } finally {
      System.clearProperty("portal.directory");
    }

    assertThat(portal.requests()).singleElement().satisfies(this::hasOnlyTheKey);
  }

  private void hasOnlyTheKey(String request) {
    assertThat(request).contains("\"identity\":\"" + identity + "\\n\"").doesNotContain("created");
  }
}
