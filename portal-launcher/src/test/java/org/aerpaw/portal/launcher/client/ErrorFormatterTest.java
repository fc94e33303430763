package org.aerpaw.portal.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorFormatterTest {

  private static List<String> reasons(String json) {
    return ErrorFormatter.of(
        Json.createReader(new StringReader(json)).readObject(), "The run failed.");
  }

  @Test
  void errorsShouldBeALineEachFromTheOutsideIn() {
    assertThat(
            reasons(
                """
                {"errors": [
                  {"file": "users.json", "line": 118, "column": 21, "model": "users.aerpawuser", "pk": "7", "field": "profile",
                   "reason": "no profiles.aerpawuserprofile(pk=99) in the database or in this load"},
                  {"file": "users.json", "reason": "the sha256 is not that of the manifest"},
                  {"reason": "the database is away"}]}
                """))
        .containsExactly(
            "users.json:118:21: users.aerpawuser(pk=7): profile: no profiles.aerpawuserprofile(pk=99) in the database or in this load",
            "users.json: the sha256 is not that of the manifest",
            "the database is away");
  }

  @Test
  void failureWithoutErrorsShouldNotBeSilent() {
    assertThat(reasons("{}")).containsExactly("The run failed.");
  }
}
