package org.aerpaw.portal.cli;

import java.util.ArrayList;
import java.util.List;

/** Suggests names for a misspelled one: those with the fewest typing errors between them. */
final class Suggestions {

  private Suggestions() {}

  /**
   * The most similar candidates; none if each of them has more than two typing errors, and more
   * than a third of the misspelled name's length.
   */
  static List<String> of(String misspelled, Iterable<String> candidates) {
    List<String> best = new ArrayList<>();
    int fewest = Math.max(2, misspelled.length() / 3);
    for (String candidate : candidates) {
      int distance = distance(misspelled, candidate);
      if (distance < fewest) {
        best.clear();
        fewest = distance;
      }
      if (distance == fewest) {
        best.add(candidate);
      }
    }
    return best;
  }

  /** The number of characters inserted, deleted, replaced, or swapped with their neighbor. */
  private static int distance(String a, String b) {
    int[][] distances = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          distances[i][j] = i + j;
          continue;
        }
        int replaced = distances[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, distances[i - 2][j - 2] + 1);
        }
        distances[i][j] = least;
      }
    }
    return distances[a.length()][b.length()];
  }
}
