package org.aerpaw.portal.backup.run;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A report for tests of what all kinds of runs have in common. */
public record SampleReport(
    long objects, Map<String, String> texts, BigDecimal seconds, List<String> warnings)
    implements RunReport {

  /** Reports of every kind. */
  public static final Map<RunKind, Class<? extends RunReport>> TYPES =
      Map.of(
          RunKind.DUMP, SampleReport.class,
          RunKind.LOAD, SampleReport.class,
          RunKind.VERIFY, SampleReport.class,
          RunKind.COPY, SampleReport.class);

  @Override
  public String summary() {
    return objects + " objects";
  }
}
