package org.aerpaw.portal.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Declares commands, options and parameters in the style of all commands.
 *
 * <p>Values are checked after parsing and not by picocli's type converters: those keep picocli's
 * classes out of the class-data-sharing archive, which costs 40 ms at every start.
 */
public final class Specs {

  private Specs() {}

  /** A command with {@code --help}; the first line of its description is its summary. */
  public static CommandSpec command(String name, String example, String... description) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage()
        .description(description)
        .sortOptions(false)
        .abbreviateSynopsis(false)
        .optionListHeading("%nOptions:%n")
        .parameterListHeading("%n")
        .footerHeading(example.contains("\n") ? "%nExamples:%n" : "%nExample:%n")
        .footer(example.lines().map(line -> "  " + line).toArray(String[]::new));
    return spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help.").build());
  }

  /**
   * The sentence about the exit status of a command that sends a request.
   *
   * @param own what 0 and 1 mean
   */
  public static String exitStatus(String own) {
    return "Exit status: "
        + own
        + ", 2 the arguments or the request are invalid, 3 no server is reachable, 130 ended by"
        + " Ctrl-C.";
  }

  public static OptionSpec flag(String name, String... description) {
    return OptionSpec.builder(name).description(description).build();
  }

  public static OptionSpec.Builder option(String name, String label, String... description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .arity("1")
        .type(String.class)
        .description(description);
  }

  /** An option with one of a few values, which {@link #choice(ParseResult, String)} checks. */
  public static OptionSpec choice(String name, List<String> allowed, String... description) {
    return option(name, String.join("|", allowed), description)
        .completionCandidates(allowed)
        .build();
  }

  public static PositionalParamSpec names(String label, String... description) {
    return names("0..*", label, description);
  }

  /** The names after the first one, which {@link #name} declares. */
  public static PositionalParamSpec moreNames(String label, String... description) {
    return names("1..*", label, description);
  }

  private static PositionalParamSpec names(String index, String label, String... description) {
    return PositionalParamSpec.builder()
        .paramLabel(label)
        .index(index)
        .arity("0..*")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .description(description)
        .build();
  }

  public static PositionalParamSpec name(String label, String... description) {
    return positional(label, "0", "1", description);
  }

  /** The second of two names, which may be omitted. */
  public static PositionalParamSpec optionalSecondName(String label, String... description) {
    return positional(label, "1", "0..1", description);
  }

  public static PositionalParamSpec optionalName(String label, String... description) {
    return positional(label, "0", "0..1", description);
  }

  /**
   * @param index counts from 0
   * @param arity {@code 1} or, for an optional parameter, {@code 0..1}
   */
  public static PositionalParamSpec positional(
      String label, String index, String arity, String... description) {
    return PositionalParamSpec.builder()
        .paramLabel(label)
        .index(index)
        .arity(arity)
        .required(!arity.startsWith("0"))
        .type(String.class)
        .description(description)
        .build();
  }

  /** The file of a name that may be relative to the directory in which the script was called. */
  public static Path file(String name) {
    // The script changes to its own directory.
    return Path.of(System.getProperty("portal.directory", "")).resolve(name);
  }

  public static boolean has(ParseResult arguments, String flag) {
    return arguments.matchedOptionValue(flag, false);
  }

  /**
   * Returns the value of an option with one of a few values, the first of them if it is not given.
   *
   * @throws ParameterException if it is none of them
   */
  public static String choice(ParseResult arguments, String name) {
    List<String> allowed = new ArrayList<>();
    arguments.commandSpec().findOption(name).completionCandidates().forEach(allowed::add);
    String value = arguments.matchedOptionValue(name, allowed.get(0));
    if (!allowed.contains(value)) {
      throw invalid(arguments, name, String.join(" or ", allowed), value);
    }
    return value;
  }

  public static ParameterException invalid(
      ParseResult arguments, String name, String expected, String value) {
    return new ParameterException(
        arguments.commandSpec().commandLine(),
        name + " must be " + expected + ", but is '" + value + "'");
  }
}
