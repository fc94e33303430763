package org.aerpaw.portal.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
