package org.aerpaw.portal.backup.retention;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * What retention does with each backup set, newest first.
 *
 * @param warnings why sets that no rule keeps could not be deleted, one sentence each
 */
@JsonbPropertyOrder({"sets", "warnings"})
public record RetentionReport(List<Entry> sets, List<String> warnings) {

  /**
   * One set.
   *
   * @param reasons why it is kept, such as {@code daily 2026-11-25}; empty if it is deleted
   */
  @JsonbPropertyOrder({"set", "kept", "reasons"})
  public record Entry(String set, boolean kept, List<String> reasons) {
    public Entry {
      reasons = List.copyOf(reasons);
    }
  }

  public RetentionReport {
    sets = List.copyOf(sets);
    warnings = List.copyOf(warnings);
  }

  /** What an operator should know, one sentence each; empty if all sets are kept. */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>(warnings);
    List<String> deleted = sets.stream().filter(entry -> !entry.kept()).map(Entry::set).toList();
    if (!deleted.isEmpty()) {
      sentences.add("deleted older sets: " + String.join(", ", deleted));
    }
    return sentences;
  }
}
