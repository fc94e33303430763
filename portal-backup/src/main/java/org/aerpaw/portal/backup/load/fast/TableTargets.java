package org.aerpaw.portal.backup.load.fast;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aerpaw.portal.backup.load.source.ObjectSink;
import org.aerpaw.portal.backup.load.staging.Staging;
import org.aerpaw.portal.backup.load.tables.Counts;
import org.aerpaw.portal.backup.load.tables.ForeignKeys;
import org.aerpaw.portal.backup.load.tables.SequenceSync;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.CopyWriter;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.rows.ConvertedObject;

/** Brings the objects of a load into tables, each by the strategy that was chosen for it. */
public final class TableTargets implements ObjectSink, AutoCloseable {

  private final boolean replaces;
  private final Staging staging;
  private final CopyWriter copies;
  private final Transaction transaction;
  private final ForeignKeys foreignKeys;
  private final boolean allStaged;
  private final Map<Model, TableTarget> targets = new LinkedHashMap<>();

  /** The models that the load turned out to be of. */
  private final Set<Model> loaded = new LinkedHashSet<>();

  private TableTarget current;
  private String obstacle;

  /**
   * @param replaces whether rows without an object are to be deleted
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
    this.allStaged = strategies.areAllStaged();
    for (Model model : strategies.models()) {
      targets.put(model, target(model, strategies.of(model).strategy()));
    }
  }

  /** Makes empty tables ready: drops their foreign keys until {@link #addForeignKeys}. */
  public void prepare() throws SQLException {
    for (var target : targets.entrySet()) {
      if (target.getValue() instanceof CopyTarget) {
        SequenceSync.makeTransactional(target.getKey(), transaction);
        foreignKeys.drop(target.getKey());
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
      if (!object.names().isEmpty()) {
        obstacle = model + " has references by natural key";
        return false;
      }
    }
    if (target != current) {
      leave();
      copies.end();
      target.enter();
      current = target;
    }
    obstacle = target.add(origin, object);
    return obstacle == null;
  }

  @Override
  public void expect(Model model) throws SQLException {
    TableTarget target = targetOf(model);
    if (obstacle != null) {
      return;
    }
    if (target instanceof StageTarget && target != current) {
      leave();
      copies.end();
    }
    target.expect();
  }

  @Override
  public void finish() throws SQLException {
    leave();
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
   * Creates the dropped foreign keys again, and checks the references of rows that were not staged
   * if no foreign key of the database does.
   *
   * @return why the references do not hold, if they do not
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

  /** What was done without staging, for every model of the load. */
  public Map<Model, Counts> counts() {
    Map<Model, Counts> counts = new LinkedHashMap<>();
    loaded.forEach(model -> counts.put(model, targets.get(model).counts()));
    return counts;
  }

  /** Frees the connection, even between two objects: the transaction is to be rolled back then. */
  @Override
  public void close() throws SQLException {
    if (current != null) {
      current.abort();
    }
  }

  private void leave() throws SQLException {
    if (current != null) {
      current.leave();
      current = null;
    }
  }

  private TableTarget targetOf(Model model) {
    TableTarget target = targets.get(model);
    if (target == null) {
      if (!allStaged) {
        obstacle = "objects of " + model + " are in a file that should not contain any";
      }
      target = target(model, Strategy.STAGE);
      targets.put(model, target);
    }
    loaded.add(model);
    return target;
  }

  private TableTarget target(Model model, Strategy strategy) {
    return switch (strategy) {
      case COPY -> new CopyTarget(model, copies);
      case COMPARE -> new CompareTarget(model, staging, replaces, transaction.connection());
      case STAGE -> new StageTarget(model, staging);
    };
  }
}
