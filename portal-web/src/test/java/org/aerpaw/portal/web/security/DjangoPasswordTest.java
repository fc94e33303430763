package org.aerpaw.portal.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DjangoPasswordTest {

  /** Computed with {@code hashlib.pbkdf2_hmac} as Django's PBKDF2PasswordHasher does. */
  private static final String DJANGO =
      "pbkdf2_sha256$260000$a4ayc80OGda4$IHFpWYOMAeg5YqEGACCxxBfEZr2INNOKCewF0CwJDzk=";

  @Test
  void passwordShouldMatchWhatDjangoKept() {
    DjangoPassword password = DjangoPassword.parse(DJANGO).orElseThrow();
    assertThat(password.matches("pässwörd")).isTrue();
    assertThat(password.matches("passwort")).isFalse();
    assertThat(password.matches("")).isFalse();
  }

  /** Written by {@code make_password} of Django 4.2 and 5.2; with as many iterations as 6.1 has. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "pbkdf2_sha256$600000$YqliGaNLFarBwSOEITWuzZ$graVJAmJVZTEBjpT3kmTpDOSkXqKHgSmwTVSVMsYlbY=",
        "pbkdf2_sha256$1000000$xkrXmxzo2UGRe8M9D8aSub$EkdTFAZl9YSvEXz3JWvhyDUiehN2LKLh36PijJeDaK0=",
        "pbkdf2_sha256$1500000$tSxN3dKxH0ZyWQkq7gLwRb$6VW6Z365JsvbqA//qpYT0sCpVmnvnO6mm3ySu2fFPPI="
      })
  void hashesOfNewerVersionsShouldMatch(String encoded) {
    assertThat(DjangoPassword.parse(encoded).orElseThrow().matches("pässwörd")).isTrue();
    assertThat(DjangoPassword.whyUnsupported(encoded)).isEmpty();
  }

  @Test
  void iterationsShouldBeLimited() {
    String most = DJANGO.replace("260000", "5000000");
    String tooMany = DJANGO.replace("260000", "5000001");

    assertThat(DjangoPassword.parse(most)).isPresent();
    assertThat(DjangoPassword.parse(tooMany)).isEmpty();
    assertThat(DjangoPassword.whyUnsupported(tooMany))
        .hasValue("it is malformed or has more than 5000000 iterations");
  }

  @ParameterizedTest
  @CsvSource({
    "argon2$argon2id$v=19$m=102400$t=2$p=8$c2FsdA$aGFzaA, argon2",
    "bcrypt_sha256$$2b$12$abcdefghijklmnopqrstuv, bcrypt_sha256",
    "scrypt$16384$salt$8$5$aGFzaA==, scrypt",
    "pbkdf2_sha1$1000$salt$AAAA, pbkdf2_sha1"
  })
  void otherHashersShouldBeNamed(String encoded, String hasher) {
    assertThat(DjangoPassword.whyUnsupported(encoded))
        .hasValue("the hasher is " + hasher + ", and only pbkdf2_sha256 is supported");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!Rl3xZ0y1", "pässwörd", "!argon2$"})
  void passwordsThatAreNoHashesShouldHaveNoReason(String encoded) {
    assertThat(DjangoPassword.whyUnsupported(encoded)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "!",
        "!pbkdf2_sha256$1000$salt$AAAA",
        "pbkdf2_sha1$1000$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "pbkdf2_sha256$0$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "pbkdf2_sha256$99999999999$salt$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "pbkdf2_sha256$1000$salt$AAAA",
        "pässwörd"
      })
  void anythingElseShouldNeverMatch(String encoded) {
    assertThat(DjangoPassword.parse(encoded)).isEmpty();
  }
}
