package org.aerpaw.portal.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.aerpaw.portal.cli.api.request.DumpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class DumpCommandTest {

  private static DumpRequest request(String... args) {
    return DumpCommand.request(new CommandLine(new DumpCommand().spec()).parseArgs(args));
  }

  @Test
  void namesAndOptionsAreTakenInAnyOrder() {
    DumpRequest request =
        request("users", "--exclude", "auth", "projects", "--exclude=users.aerpawuser");
    assertThat(request.apps()).containsExactly("users", "projects");
    assertThat(request.exclude()).containsExactly("auth", "users.aerpawuser");
    assertThat(request.naturalForeign()).isFalse();
  }

  @Test
  void objectsMayBeRepeatedAndHaveNoRelatedObjectsUnlessTheyAreAskedFor() {
    DumpRequest request =
        request("--objects", "users.aerpawuser:7,8", "--objects=projects.aerpawproject: 1 , 2");
    assertThat(request.objects())
        .containsExactly("users.aerpawuser:7,8", "projects.aerpawproject: 1 , 2");
    assertThat(request.with()).isNull();
    assertThat(request.limit()).isNull();
    assertThat(request("--objects=a.b:1", "--with", "owned", "--limit", "100000").limit())
        .isEqualTo(100_000);
  }

  @Test
  void profileOfAMaskedSetIsPassedOn() {
    assertThat(request("--mask", "staging", "users").mask()).isEqualTo("staging");
    assertThat(request("users").mask()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--objects users.aerpawuser",
        "--objects users.aerpawuser:",
        "--objects users.aerpawuser:1,",
        "--objects users.aerpawuser:x",
        "--objects a.b:1 --with everything",
        "--objects a.b:1 --limit 0",
        "--objects a.b:1 --limit 100001",
        "--objects a.b:1 --pks 1",
        "--objects a.b:1 --exclude users",
        "--objects a.b:1 --natural-foreign",
        "--objects a.b:1 users",
        "--with owned",
        "--limit 5"
      })
  void wrongSelectionsOfObjectsAreRefused(String line) {
    assertThatThrownBy(() -> request(line.split(" "))).isInstanceOf(ParameterException.class);
  }

  @Test
  void indentIsTwoUnlessGivenAndNoneMeansOneLine() {
    assertThat(request().indent()).isEqualTo(2);
    assertThat(request("--indent", "0").indent()).isZero();
    assertThat(request("--indent=none").indent()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "-1", "two", ""})
  void otherIndentsAreRefused(String value) {
    assertThatThrownBy(() -> request("--indent=" + value))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining(
            "must be a whole number from 0 to 16 or none, but is '" + value + "'");
  }

  @Test
  void keysAreSeparatedByCommasWithOrWithoutSpaces() {
    assertThat(request("users.aerpawuser", "--pks", "1").pks()).containsExactly(1L);
    assertThat(request("users.aerpawuser", "--pks", "1, -2 ,3").pks()).containsExactly(1L, -2L, 3L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "1,", "1,,2", "one", "1.5", "1 2", "9999999999999999999"})
  void keysThatAreNotWholeNumbersAreRefused(String value) {
    assertThatThrownBy(() -> request("users.aerpawuser", "--pks", value))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("must be whole numbers separated by commas, but is '" + value + "'");
  }
}
