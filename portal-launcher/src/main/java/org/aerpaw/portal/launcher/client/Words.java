package org.aerpaw.portal.launcher.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The words of a command: names, options with a value each ({@code --indent 2} or {@code
 * --indent=2}) and flags without one ({@code --dry-run}), in any order.
 *
 * @param options the values by the option's name, in the order in which they stand
 */
record Words(
    List<String> names, Map<String, List<String>> options, Set<String> flags, boolean help) {

  /**
   * @param options the names of those that have a value
   * @param flags the names of those that have none
   * @throws CommandFailedException naming every word that is off
   */
  static Words parse(String[] words, Set<String> options, Set<String> flags)
      throws CommandFailedException {
    Set<String> allowed = new TreeSet<>(options);
    allowed.addAll(flags);
    List<String> names = new ArrayList<>();
    Map<String, List<String>> values = new LinkedHashMap<>();
    Set<String> raised = new HashSet<>();
    List<String> problems = new ArrayList<>();
    boolean help = false;
    Iterator<String> rest = List.of(words).iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (word.equals("--help") || word.equals("-h")) {
        help = true;
      } else if (!word.startsWith("-")) {
        names.add(word);
      } else if (!allowed.contains(name)) {
        problems.add(name + " is unknown; allowed are " + String.join(", ", allowed));
      } else if (flags.contains(name)) {
        if (equals >= 0) {
          problems.add(name + " has no value");
        }
        raised.add(name);
      } else if (equals < 0 && !rest.hasNext()) {
        problems.add(name + " needs a value");
      } else {
        values
            .computeIfAbsent(name, option -> new ArrayList<>())
            .add(equals < 0 ? rest.next() : word.substring(equals + 1));
      }
    }
    if (!problems.isEmpty()) {
      throw new CommandFailedException(ExitStatus.WORDS_OFF, problems);
    }
    return new Words(names, values, raised, help);
  }

  /** Whether a flag stands among the words. */
  boolean has(String flag) {
    return flags.contains(flag);
  }

  /** All values of an option that may stand several times. */
  List<String> all(String option) {
    return options.getOrDefault(option, List.of());
  }

  /** The last value of an option; it overrules those before it. */
  Optional<String> last(String option) {
    List<String> values = all(option);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }

  /**
   * The last value of an option that has to be one of a few; the first of them where the option is
   * not there.
   *
   * @throws CommandFailedException if it is another one
   */
  String choice(String option, List<String> allowed) throws CommandFailedException {
    String chosen = last(option).orElse(allowed.get(0));
    if (!allowed.contains(chosen)) {
      throw new CommandFailedException(
          ExitStatus.WORDS_OFF,
          option + " is " + String.join(" or ", allowed) + ", not '" + chosen + "'");
    }
    return chosen;
  }
}
