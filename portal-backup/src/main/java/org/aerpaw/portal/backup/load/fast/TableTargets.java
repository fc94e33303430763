package org.aerpaw.portal.backup.load.fast;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aerpaw.portal.backup.load.source.ObjectSink;
import org.aerpaw.portal.backup.load.staging.Staging;
import org.aerpaw.portal.backup.load.tables.Counts;
import org.aerpaw.portal.backup.load.tables.ForeignKeys;
import org.aerpaw.portal.backup.load.tables.Indexes;
import org.aerpaw.portal.backup.load.tables.SequenceSync;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.postgres.copy.CopyWriter;
import org.aerpaw.portal.backup.rows.conversion.ConvertedObject;

/** Loads each object by the strategy chosen for its table. */
public final class TableTargets implements ObjectSink, AutoCloseable {

  private final boolean replaces;
  private final Staging staging;
  private final CopyWriter copies;
  private final Transaction transaction;
  private final ForeignKeys foreignKeys;
  private final Indexes indexes;
  private final boolean allStaged;
  private final boolean dropsIndexes;
  private final Map<Model, TableTarget> targets = new LinkedHashMap<>();
  private final Set<Model> loaded = new LinkedHashSet<>();

  private TableTarget current;
  private String obstacle;

  /**
   * @param replaces whether the load deletes rows without an object
   */
  public TableTargets(
      TableStrategies strategies,
      boolean replaces,
      Staging staging,
      CopyWriter copies,
      Transaction transaction) {
    this.replaces = replaces;
    this.staging = staging;
    this.copies = copies;
    this.transaction = transaction;
    this.foreignKeys = new ForeignKeys(transaction);
    this.indexes = new Indexes(transaction);
    this.allStaged = strategies.areAllStaged();
    this.dropsIndexes = strategies.dropsIndexes();
    for (Model model : strategies.models()) {
      targets.put(model, newTarget(model, strategies.of(model).strategy()));
    }
  }

  /**
   * Prepares tables for COPY: drops their foreign keys until {@link #addForeignKeys}, and possibly
   * their indexes until {@link #finish}.
   */
  public void prepare() throws SQLException {
    List<Model> copied =
        targets.keySet().stream()
            .filter(model -> targets.get(model) instanceof CopyTarget)
            .toList();
    for (Model model : copied) {
      SequenceSync.makeTransactional(model, transaction);
      foreignKeys.drop(model);
    }
    if (dropsIndexes) {
      // Indexes are dropped after all foreign keys, which need the indexes of other tables.
      for (Model model : copied) {
        indexes.drop(model);
      }
    }
  }

  @Override
  public boolean add(Model model, long origin, ConvertedObject object) throws SQLException {
    TableTarget target = targetOf(model);
    if (obstacle != null) {
      return false;
    }
    if (!(target instanceof StageTarget)) {
      if (object.key() == null) {
        obstacle = model + " has an object without a primary key";
        return false;
      }
      if (!object.naturalKeys().isEmpty()) {
        obstacle = model + " has references by natural key";
        return false;
      }
    }
    if (target != current) {
      endCurrent();
      if (!(target instanceof CopyTarget)) {
        copies.end();
      }
      target.begin();
      current = target;
    }
    obstacle = target.add(origin, object);
    return obstacle == null;
  }

  @Override
  public void includeModel(Model model) throws SQLException {
    TableTarget target = targetOf(model);
    if (obstacle != null) {
      return;
    }
    if (target instanceof StageTarget && target != current) {
      endCurrent();
      copies.end();
    }
    target.includeModel();
  }

  @Override
  public void finish() throws SQLException {
    endCurrent();
    indexes.recreate(copies);
    copies.end();
    staging.finish();
  }

  /** Why the load cannot continue with these strategies; empty if it can. */
  public Optional<String> obstacle() {
    return Optional.ofNullable(obstacle);
  }

  /** The models of the load, with or without objects. */
  public Set<Model> loaded() {
    return loaded;
  }

  /**
   * Creates the dropped foreign keys again. In tables whose strategy is not STAGE, also checks the
   * references that no foreign key of the database guarantees.
   *
   * @return why the load cannot continue; empty if all references have targets
   * @throws SQLException if a row violates a foreign key
   */
  public Optional<String> addForeignKeys() throws SQLException {
    foreignKeys.recreate();
    for (Model model : targets.keySet()) {
      if (!(targets.get(model) instanceof StageTarget)
          && !foreignKeys.allReferencesResolve(model)) {
        return Optional.of(model + " has references to missing objects");
      }
    }
    return Optional.empty();
  }

  /** The rows of objects that were not staged, for every model of the load. */
  public Map<Model, Counts> counts() {
    Map<Model, Counts> counts = new LinkedHashMap<>();
    loaded.forEach(model -> counts.put(model, targets.get(model).counts()));
    return counts;
  }

  /**
   * Releases the connection; if objects are still being added, the transaction must be rolled back.
   */
  @Override
  public void close() throws SQLException {
    if (current != null) {
      current.abort();
    }
  }

  private void endCurrent() throws SQLException {
    if (current != null) {
      current.end();
      current = null;
    }
  }

  private TableTarget targetOf(Model model) {
    TableTarget target = targets.get(model);
    if (target == null) {
      if (!allStaged) {
        obstacle = "a file unexpectedly contains objects of " + model;
      }
      target = newTarget(model, Strategy.STAGE);
      targets.put(model, target);
    }
    loaded.add(model);
    return target;
  }

  private TableTarget newTarget(Model model, Strategy strategy) {
    return switch (strategy) {
      case COPY -> new CopyTarget(model, copies, indexes);
      case COMPARE -> new CompareTarget(model, staging, replaces, transaction.connection());
      case STAGE -> new StageTarget(model, staging);
    };
  }
}
