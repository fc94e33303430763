package org.aerpaw.portal.backup.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PseudonymsTest {

  private final Pseudonyms pseudonyms = new Pseudonyms("a key");

  @Test
  void pseudonymsShouldHaveTheFormOfWhatTheyReplace() {
    assertThat(pseudonyms.hash("ada")).matches("[a-z2-7]{26}");
    assertThat(pseudonyms.name("ada")).matches("[A-Z][a-z]+ [A-Z][a-z]+ [a-z2-7]{12}");
    assertThat(pseudonyms.email("ada")).matches("[a-z]+\\.[a-z]+\\.[a-z2-7]{12}@masked\\.invalid");
    assertThat(pseudonyms.unusablePassword("ada")).matches("![a-z2-7]{40}");
    assertThat(pseudonyms.filler("ada lovelace")).matches("[a-z ]{12}");
  }

  @Test
  void nameAndAddressOfOneTextShouldBelongTogether() {
    String name = pseudonyms.name("ada@example.org");

    assertThat(pseudonyms.email("ada@example.org"))
        .isEqualTo(name.toLowerCase().replace(' ', '.') + "@masked.invalid");
  }

  @Test
  void pseudonymsShouldDependOnNothingButTextAndKey() {
    assertThat(new Pseudonyms("a key").name("ada")).isEqualTo(pseudonyms.name("ada"));
    assertThat(new Pseudonyms("b key").name("ada")).isNotEqualTo(pseudonyms.name("ada"));
    assertThat(pseudonyms.name("Ada")).isNotEqualTo(pseudonyms.name("ada"));
  }

  @Test
  void differentTextsShouldHaveDifferentPseudonymsOfNoMoreThanTheMaximumLength() {
    Set<String> seen = new HashSet<>();
    int number = 100_000;
    for (int i = 0; i < number; i++) {
      String email = pseudonyms.email("user" + i);
      seen.add(email);
      seen.add(pseudonyms.name("user" + i));
      seen.add(pseudonyms.hash("user" + i));
      assertThat(email.length()).isLessThanOrEqualTo(Pseudonyms.MAX_EMAIL_LENGTH);
    }
    assertThat(seen).hasSize(3 * number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u00e9\ud83d\ude00", "\n\t\u2028"})
  void fillerShouldHaveTheLengthOfTheTextAndNoneOfItsCharacters(String text) {
    String filler = pseudonyms.filler(text);

    assertThat(filler).hasSize(text.codePointCount(0, text.length())).matches("[a-z ]+");
  }
}
