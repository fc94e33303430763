package org.aerpaw.portal.backup.load.fast;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * The strategy for the table of a model.
 *
 * @param reason why the table is staged; null for the other strategies
 */
@JsonbPropertyOrder({"strategy", "reason"})
public record TableStrategy(Strategy strategy, String reason) {

  public static final TableStrategy COPY = new TableStrategy(Strategy.COPY, null);
  public static final TableStrategy COMPARE = new TableStrategy(Strategy.COMPARE, null);

  public static TableStrategy stage(String reason) {
    return new TableStrategy(Strategy.STAGE, reason);
  }

  boolean isStage() {
    return strategy == Strategy.STAGE;
  }
}
