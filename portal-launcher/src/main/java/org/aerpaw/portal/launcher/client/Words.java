package org.aerpaw.portal.launcher.client;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words of a command: names, and options with a value each ({@code --indent 2} or {@code --indent=2}), in any order.
 *
 * @param options the values by the option's name, in the order in which they stand
 */
record Words(List<String> names, Map<String, List<String>> options, boolean help) {

  /**
   * @throws CommandFailedException naming every option that is not allowed or has no value
   */
  static Words parse(String[] words, Set<String> allowed) throws CommandFailedException {
    List<String> names = new ArrayList<>();
    Map<String, List<String>> options = new LinkedHashMap<>();
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
      } else if (equals < 0 && !rest.hasNext()) {
        problems.add(name + " needs a value");
      } else {
        options
            .computeIfAbsent(name, option -> new ArrayList<>())
            .add(equals < 0 ? rest.next() : word.substring(equals + 1));
      }
    }
    if (!problems.isEmpty()) {
      throw new CommandFailedException(ExitStatus.WORDS_OFF, problems);
    }
    return new Words(names, options, help);
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
}
