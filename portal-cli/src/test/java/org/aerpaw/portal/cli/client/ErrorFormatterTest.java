package org.aerpaw.portal.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.aerpaw.portal.cli.api.FixtureError;
import org.junit.jupiter.api.Test;

class ErrorFormatterTest {

  @Test
  void errorsAreOneLineEachFromFileToReason() {
    var located =
        new FixtureError(
            "users.json", 118, 21, "users.aerpawuser", "7", "profile", "no such profile: 99");
    var ofAFile = new FixtureError("users.json", null, null, null, null, null, "checksum mismatch");
    var ofNoFile = new FixtureError(null, null, null, null, null, null, "database error");
    assertThat(ErrorFormatter.format(List.of(located, ofAFile, ofNoFile)))
        .containsExactly(
            "users.json:118:21: users.aerpawuser(pk=7): profile: no such profile: 99",
            "users.json: checksum mismatch",
            "database error");
  }

  @Test
  void noErrorsAreNoLines() {
    assertThat(ErrorFormatter.format(null)).isEmpty();
  }
}
