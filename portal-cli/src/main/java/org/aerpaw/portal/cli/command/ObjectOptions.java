package org.aerpaw.portal.cli.command;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The options that select single objects, which a dump and a load have in common. */
final class ObjectOptions {

  private static final String OBJECTS = "--objects";
  private static final String WITH = "--with";
  private static final String LIMIT = "--limit";
  private static final int MAX_LIMIT = 100_000;

  private ObjectOptions() {}

  /**
   * @param referenced which objects {@code --with references} adds
   */
  static CommandSpec addTo(CommandSpec spec, String referenced) {
    return spec.addOption(
            Specs.option(
                    OBJECTS,
                    "MODEL:KEY,...",
                    "Only these objects, such as users.aerpawuser:7,8; may be repeated.")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .build())
        .addOption(
            Specs.choice(
                WITH,
                List.of("nothing", "references", "owned"),
                "With --objects. nothing: only the objects that it names (default). references adds "
                    + referenced
                    + ". owned also adds what belongs to them and would be deleted with them."))
        .addOption(
            Specs.option(
                    LIMIT,
                    "N",
                    "With --objects. Allow up to N objects, with those that --with adds; 1 to"
                        + " 100000. Default: 1000.")
                .build());
  }

  static List<String> objects(ParseResult arguments) {
    List<String> objects = arguments.matchedOptionValue(OBJECTS, List.of());
    for (String text : objects) {
      if (!isModelWithKeys(text)) {
        throw Specs.invalid(
            arguments, OBJECTS, "a model and keys such as users.aerpawuser:7,8", text);
      }
    }
    return objects;
  }

  private static boolean isModelWithKeys(String text) {
    String[] parts = text.split(":", 2);
    return parts.length == 2
        && parts[0].matches("[^,\\s]+")
        // Not one expression for all keys: matching thousands of them would overflow the stack.
        && Stream.of(parts[1].split(",", -1)).allMatch(key -> key.strip().matches("-?\\d{1,19}"));
  }

  /** Null if it is not given. */
  static String with(ParseResult arguments) {
    requireObjects(arguments, WITH);
    return arguments.hasMatchedOption(WITH) ? Specs.choice(arguments, WITH) : null;
  }

  /** Null if it is not given. */
  static Integer limit(ParseResult arguments) {
    requireObjects(arguments, LIMIT);
    if (!arguments.hasMatchedOption(LIMIT)) {
      return null;
    }
    String value = arguments.matchedOptionValue(LIMIT, "");
    if (!value.matches("[1-9]\\d{0,5}") || Integer.parseInt(value) > MAX_LIMIT) {
      throw Specs.invalid(arguments, LIMIT, "a whole number from 1 to " + MAX_LIMIT, value);
    }
    return Integer.valueOf(value);
  }

  /** Refuses what is given but not possible with single objects. */
  static void refuse(ParseResult arguments, String name, boolean isGiven) {
    if (isGiven && arguments.hasMatchedOption(OBJECTS)) {
      throw wrongUsage(arguments, name + " cannot be combined with " + OBJECTS);
    }
  }

  private static void requireObjects(ParseResult arguments, String name) {
    if (arguments.hasMatchedOption(name) && !arguments.hasMatchedOption(OBJECTS)) {
      throw wrongUsage(arguments, name + " requires " + OBJECTS);
    }
  }

  private static ParameterException wrongUsage(ParseResult arguments, String reason) {
    return new ParameterException(arguments.commandSpec().commandLine(), reason);
  }
}
