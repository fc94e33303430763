package org.aerpaw.portal.cli.api;

import java.util.List;

/** What retention does, or has done, with each set, newest first. */
public record RetentionReport(List<Entry> sets, List<String> warnings) {

  /**
   * @param reasons the rules that keep the set
   */
  public record Entry(String set, Boolean kept, List<String> reasons) {}
}
