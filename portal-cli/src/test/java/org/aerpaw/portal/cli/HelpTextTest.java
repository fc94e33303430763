package org.aerpaw.portal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The texts in docs/help, which {@code ./portal} prints before it is built, are those of {@code
 * --help}. Run with {@code -Dhelp.update} to update them.
 */
class HelpTextTest {

  private static final Path TEXTS = Path.of("../docs/help");

  static Stream<String> theTextIsThatOfTheCommand() {
    return Stream.concat(
        Stream.of("portal"), Portal.completeSpec().subcommands().keySet().stream());
  }

  @ParameterizedTest
  @MethodSource
  void theTextIsThatOfTheCommand(String name) throws Exception {
    try (var portal = new FakePortal()) {
      String[] arguments = name.equals("portal") ? new String[0] : new String[] {name, "--help"};
      String help = portal.run(arguments).out();
      Path text = TEXTS.resolve(name + ".txt");
      if (System.getProperty("help.update") != null) {
        Files.createDirectories(TEXTS);
        Files.writeString(text, help);
      }

      assertThat(text).hasContent(help);
    }
  }
}
