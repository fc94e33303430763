package org.aerpaw.portal.backup.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.aerpaw.portal.backup.catalog.Sha256;
import org.aerpaw.portal.backup.fixture.compress.CorruptArchiveException;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientsTest {

  private static final AgeKeys ONE = AgeKeys.generate();
  private static final AgeKeys TWO = AgeKeys.generate();

  /** Bytes around the size of age's chunks, which is 64 KiB. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65535, 65536, 65537, 200_000})
  void eachRecipientShouldDecrypt(int size) throws Exception {
    byte[] content = content(size);
    byte[] encrypted = encrypt(content);

    for (AgeKeys keys : new AgeKeys[] {ONE, TWO}) {
      assertThat(decrypt(encrypted, keys.identity())).isEqualTo(content);
      assertThat(decrypt(AgeKeys.armored(encrypted), keys.identity())).isEqualTo(content);
    }
  }

  @Test
  void identityMayBeAFileWithCommentsAndSeveralKeys() throws Exception {
    byte[] encrypted = encrypt(content(10));
    String file = "# created\r\n\n" + AgeKeys.generate().identity() + "\r\n" + ONE.identity() + " ";

    assertThat(decrypt(encrypted, file)).hasSize(10);
  }

  @Test
  void everyTruncatedFileShouldBeRefused() throws Exception {
    byte[] encrypted = encrypt(content(65536 + 3));

    for (int size = 0; size < encrypted.length; size += size < 1000 ? 1 : 4099) {
      refuse(Arrays.copyOf(encrypted, size));
    }
    // At the end of the first chunk.
    refuse(Arrays.copyOf(encrypted, encrypted.length - 3 - 16));
  }

  @Test
  void everyTruncatedArmoredFileShouldBeRefused() throws Exception {
    byte[] armored = AgeKeys.armored(encrypt(content(65536 + 3)));
    int end = armored.length - AgeKeys.ARMOR_END.length();

    for (int size = 0; size < end; size += size < 1000 ? 1 : 4099) {
      refuse(Arrays.copyOf(armored, size));
    }
    for (int size = end - 100; size <= end; size++) {
      refuse(Arrays.copyOf(armored, size));
    }
  }

  @Test
  void sha256ShouldIncludeWhatFollowsAnArmoredFile() throws Exception {
    byte[] armored = AgeKeys.armored(encrypt(content(10)));
    String sha256 = Sha256.hex(armored);
    byte[] longer = Arrays.copyOf(armored, armored.length + 1);
    longer[armored.length] = '\n';

    assertThat(decrypt(armored, ONE.identity(), sha256)).hasSize(10);
    assertThat(decrypt(longer, ONE.identity())).hasSize(10);
    assertThatThrownBy(() -> decrypt(longer, ONE.identity(), sha256))
        .hasMessageContaining("the sha256 differs from the manifest");
  }

  @Test
  void fileWithMoreAtItsEndShouldBeRefused() throws Exception {
    byte[] encrypted = encrypt(content(10));

    refuse(Arrays.copyOf(encrypted, encrypted.length + 1));
  }

  private static void refuse(byte[] encrypted) {
    assertThatThrownBy(() -> decrypt(encrypted, ONE.identity()))
        .as("%d bytes", encrypted.length)
        .isInstanceOfAny(CorruptArchiveException.class, WrongIdentityException.class);
  }

  @Test
  void everyInvalidKeyShouldBeNamedAndNoPrivateOneShown() {
    String keys = ONE.recipient() + " age1x\n" + ONE.recipient() + "  " + TWO.identity();

    assertThatThrownBy(() -> Recipients.parse(keys))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "number 2 is not a public key, number 3 is given twice,"
                + " number 4 is a private key, which must not be on the server");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# only a comment", "AGE-SECRET-KEY-1X", "age1x"})
  void invalidIdentityShouldBeRefusedWithoutShowingIt(String text) {
    assertThatThrownBy(() -> Identity.requireValid(Identity.of(text)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("identity: contains ")
        .hasNoCause();
  }

  @Test
  void closedIdentityShouldBeOverwritten() throws Exception {
    Identity identity = Identity.of(ONE.identity());
    Identity.requireValid(identity);

    identity.close();

    assertThatThrownBy(() -> Identity.requireValid(identity))
        .isInstanceOf(InvalidRequestException.class);
    assertThat(identity).hasToString("an identity");
  }

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  private static byte[] encrypt(byte[] content) throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var out = Recipients.parse(ONE.recipient() + " " + TWO.recipient()).encrypt(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] decrypt(byte[] encrypted, String identity) throws Exception {
    return decrypt(encrypted, identity, null);
  }

  private static byte[] decrypt(byte[] encrypted, String identity, String sha256) throws Exception {
    try (var in =
        new DecryptingInputStream(
            new ByteArrayInputStream(encrypted), Identity.of(identity), sha256)) {
      return in.readAllBytes();
    }
  }
}
