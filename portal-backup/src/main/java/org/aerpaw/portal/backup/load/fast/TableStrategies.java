package org.aerpaw.portal.backup.load.fast;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aerpaw.portal.backup.model.Model;

/** The strategy for the table of each model of a load. */
public final class TableStrategies {

  private final Map<Model, TableStrategy> byModel = new LinkedHashMap<>();
  private final boolean dropsIndexes;
  private TableStrategy others;

  /**
   * @param reason why unexpected models are staged
   * @param dropsIndexes whether tables with strategy COPY get their indexes after their rows
   */
  public TableStrategies(String reason, boolean dropsIndexes) {
    this.others = TableStrategy.stage(reason);
    this.dropsIndexes = dropsIndexes;
  }

  /** Whether tables with strategy COPY get their indexes after their rows. */
  public boolean dropsIndexes() {
    return dropsIndexes;
  }

  /** The strategy of a model, expected or not. */
  public TableStrategy of(Model model) {
    return byModel.getOrDefault(model, others);
  }

  /** The expected models. */
  public Set<Model> models() {
    return byModel.keySet();
  }

  /** The expected models with this strategy. */
  public List<Model> models(Strategy strategy) {
    return byModel.keySet().stream().filter(model -> of(model).strategy() == strategy).toList();
  }

  /** Whether no model has a fast strategy. */
  public boolean areAllStaged() {
    return byModel.values().stream().allMatch(TableStrategy::isStage);
  }

  public void put(Model model, TableStrategy strategy) {
    byModel.put(model, strategy);
  }

  public void stage(Model model, String reason) {
    put(model, TableStrategy.stage(reason));
  }

  public void stageAll(String reason) {
    others = TableStrategy.stage(reason);
    byModel.replaceAll((model, strategy) -> others);
  }

  /** Removes all expected models, so that every model is staged. */
  public void clear(String reason) {
    byModel.clear();
    others = TableStrategy.stage(reason);
  }
}
