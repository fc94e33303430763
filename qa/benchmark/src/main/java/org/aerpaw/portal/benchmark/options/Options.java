package org.aerpaw.portal.benchmark.options;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.aerpaw.portal.benchmark.portal.Checkout;

/**
 * The arguments of {@code benchmark.sh}.
 *
 * @param sizes the numbers of objects to measure, ascending
 * @param djangoUpTo the largest size at which Django is measured
 * @param postgres the folder with PostgreSQL's programs
 * @param host the host of a running PostgreSQL; without one, a temporary cluster is created
 * @param folder the folder for the temporary files; without one, that of the system
 * @param docs the folder to which benchmark.md and its plot are written, if any
 */
public record Options(
    List<Integer> sizes,
    int runs,
    Set<Measure> measures,
    int djangoUpTo,
    String javaOptions,
    Checkout checkout,
    Path postgres,
    Optional<String> host,
    int port,
    String user,
    Optional<Path> folder,
    Optional<Path> docs,
    boolean profile,
    boolean help) {

  private static final int UNIT = 1000;

  /** The text of {@code --help}. */
  public static String usage() {
    try (InputStream text = Options.class.getResourceAsStream("usage.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws IllegalArgumentException naming an invalid argument and what is allowed
   */
  public static Options parse(List<String> arguments) {
    List<Integer> sizes = List.of(25_000, 500_000, 5_000_000);
    int runs = 5;
    Set<Measure> measures = EnumSet.allOf(Measure.class);
    int djangoUpTo = 25_000;
    String javaOptions = "-Xmx256m";
    Path checkout = Path.of("");
    Path postgres = Path.of("/usr/lib/postgresql/15/bin");
    Optional<String> host = Optional.empty();
    int port = 5432;
    String user = "postgres";
    Optional<Path> folder = Optional.empty();
    Optional<Path> docs = Optional.empty();
    boolean profile = false;
    boolean help = false;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String name = equals < 0 ? argument : argument.substring(0, equals);
      Value value = () -> equals < 0 ? next(name, rest) : argument.substring(equals + 1);
      switch (name) {
        case "--sizes" -> sizes = sizes(value.get());
        case "--runs" -> runs = number(name, value.get(), 1, 1000);
        case "--measure" -> measures = measures(value.get());
        case "--django-up-to" -> djangoUpTo = number(name, value.get(), 0, Integer.MAX_VALUE);
        case "--java-opts" -> javaOptions = value.get();
        case "--checkout" -> checkout = Path.of(value.get());
        case "--postgres" -> postgres = Path.of(value.get());
        case "--host" -> host = Optional.of(value.get());
        case "--port" -> port = number(name, value.get(), 1, 65535);
        case "--user" -> user = value.get();
        case "--directory" -> folder = Optional.of(Path.of(value.get()).toAbsolutePath());
        case "--docs" -> docs = Optional.of(Path.of(value.get()));
        case "--profile" -> profile = true;
        case "--help", "-h" -> help = true;
        default ->
            throw new IllegalArgumentException("unknown option " + argument + "; see --help");
      }
    }
    return new Options(
        sizes,
        runs,
        measures,
        djangoUpTo,
        javaOptions,
        new Checkout(checkout.toAbsolutePath()),
        postgres,
        host,
        port,
        user,
        folder,
        docs,
        profile,
        help);
  }

  /** The value of an option, read only once it is known that the option has one. */
  @FunctionalInterface
  private interface Value {
    String get();
  }

  private static String next(String name, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(name + " needs a value");
    }
    return rest.next();
  }

  private static List<Integer> sizes(String text) {
    Set<Integer> sizes = new TreeSet<>();
    for (String size : text.split(",")) {
      int objects = number("--sizes", size.strip(), UNIT, 100_000_000);
      if (objects % UNIT != 0) {
        throw new IllegalArgumentException(
            "--sizes must be multiples of 1,000, not '" + size + "'");
      }
      sizes.add(objects);
    }
    return new ArrayList<>(sizes);
  }

  private static Set<Measure> measures(String text) {
    Set<Measure> measures = EnumSet.noneOf(Measure.class);
    for (String name : text.split(",")) {
      measures.add(
          Arrays.stream(Measure.values())
              .filter(measure -> measure.text().equals(name.strip()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "--measure must be one or more of "
                              + String.join(", ", texts())
                              + ", not '"
                              + name
                              + "'")));
    }
    return measures;
  }

  private static List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      texts.add(measure.text());
    }
    return texts;
  }

  private static int number(String name, String text, int min, int max) {
    if (text.matches("\\d{1,10}")) {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return (int) number;
      }
    }
    throw new IllegalArgumentException(
        name + " must be a whole number from " + min + " to " + max + ", not '" + text + "'");
  }
}
