package org.aerpaw.portal.backup.load.objects;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.aerpaw.portal.backup.load.tables.SequenceSync;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.SqlTemplate;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunFailedException;
import org.aerpaw.portal.backup.selection.ObjectKey;
import org.aerpaw.portal.backup.selection.ObjectOutline;
import org.aerpaw.portal.backup.selection.Reference;
import org.aerpaw.portal.backup.selection.RelatedObjects;
import org.aerpaw.portal.backup.selection.SelectedObjects;
import org.aerpaw.portal.backup.selection.StoredObjects;

/**
 * References of other objects to the restored ones that were lost when the restored ones were
 * deleted: the other object was deleted too, its foreign key was set to null, or its list lost an
 * entry.
 *
 * <p>Entries of lists are restored only with {@link RelatedObjects#OWNED}: an entry is a row of the
 * join table, which belonged to both objects. Nothing else is changed, but everything is reported.
 */
final class LostReferences {

  private static final int BATCH = 500;
  private static final int MAX_KEYS = 20;

  /**
   * The objects with a lost reference in one field: the first keys, and the number of references.
   */
  private static final class Lost {

    private final Set<Long> first = new TreeSet<>();
    private boolean areAll = true;
    private long references;

    private void add(long key) {
      references++;
      if (first.size() < MAX_KEYS) {
        first.add(key);
      } else {
        areAll &= first.contains(key);
      }
    }

    /** As the objects are named in a request: {@code users.aerpawuser:3,4}. */
    private String keys(Model model) {
      String keys = first.stream().map(String::valueOf).collect(joining(","));
      return model + ":" + keys + (areAll ? "" : " ...");
    }
  }

  /** A field, and what became of its references. */
  private record Place(Model model, String field, Outcome outcome) implements Comparable<Place> {

    @Override
    public int compareTo(Place other) {
      return toString().compareTo(other.toString());
    }
  }

  private enum Outcome {
    OBJECT_MISSING,
    NOW_NULL,
    ENTRY_RESTORED,
    ENTRY_MISSING
  }

  private final SelectedObjects selected;
  private final RelatedObjects with;
  private final boolean dryRun;
  private final FixtureObjects files;
  private final StoredObjects database;
  private final Transaction transaction;
  private final Map<Place, Lost> lost = new TreeMap<>();
  private final Map<ObjectKey, ObjectOutline> batch = new LinkedHashMap<>();
  private final Set<Model> transactional = new HashSet<>();

  LostReferences(
      SelectedObjects selected,
      RelatedObjects with,
      boolean dryRun,
      FixtureObjects files,
      StoredObjects database,
      Transaction transaction) {
    this.selected = selected;
    this.with = with;
    this.dryRun = dryRun;
    this.files = files;
    this.database = database;
    this.transaction = transaction;
  }

  List<String> restore() throws RunFailedException, SQLException, IOException {
    files.findReferrers(
        selected.missing(),
        object -> {
          if (!selected.keys().contains(object.key())) {
            batch.put(object.key(), object);
          }
          if (batch.size() == BATCH) {
            restoreBatch();
          }
        });
    restoreBatch();
    List<String> sentences = new ArrayList<>();
    lost.forEach((place, objects) -> sentences.add(sentence(place, objects)));
    return sentences;
  }

  private void restoreBatch() throws RunFailedException, SQLException, IOException {
    Map<ObjectKey, ObjectOutline> rows = database.existing(batch.keySet());
    for (ObjectOutline object : batch.values()) {
      ObjectOutline row = rows.get(object.key());
      for (Reference reference : object.references()) {
        if (selected.missing().contains(reference.target())) {
          restore(object, row, reference);
        }
      }
    }
    batch.clear();
  }

  /**
   * @param row null if the object does not exist
   */
  private void restore(ObjectOutline object, ObjectOutline row, Reference reference)
      throws SQLException {
    boolean isList = reference.kind() == Reference.Kind.LIST;
    if (row == null) {
      // A list is restored with its object.
      if (!isList) {
        add(object.key(), reference, Outcome.OBJECT_MISSING);
      }
    } else if (object.isSameAs(row) && isLost(row, reference)) {
      if (!isList) {
        add(object.key(), reference, Outcome.NOW_NULL);
      } else if (with == RelatedObjects.OWNED) {
        insertEntry(object.key(), reference);
        add(object.key(), reference, Outcome.ENTRY_RESTORED);
      } else {
        add(object.key(), reference, Outcome.ENTRY_MISSING);
      }
    }
  }

  /** A field that now refers to another object was changed on purpose. */
  private static boolean isLost(ObjectOutline row, Reference reference) {
    return reference.kind() == Reference.Kind.LIST
        ? !row.references().contains(reference)
        : reference.kind() != Reference.Kind.PARENT
            && row.references().stream()
                .noneMatch(other -> reference.field().equals(other.field()));
  }

  private void insertEntry(ObjectKey owner, Reference entry) throws SQLException {
    Model model = owner.model();
    ListField list =
        model.lists().stream()
            .filter(candidate -> candidate.name().equals(entry.field()))
            .findFirst()
            .orElseThrow();
    if (dryRun && transactional.add(model)) {
      SequenceSync.makeTransactional(model, transaction);
    }
    transaction.update(
        SqlTemplate.with("list", list.sql())
            .and("source", list.source().sql())
            .and("target", list.target().sql())
            .fill("INSERT INTO {list} ({source}, {target}) VALUES (?, ?)"),
        owner.key(),
        entry.target().key());
  }

  private void add(ObjectKey object, Reference reference, Outcome outcome) {
    lost.computeIfAbsent(
            new Place(
                object.model(), reference.field() == null ? "parent" : reference.field(), outcome),
            place -> new Lost())
        .add(object.key());
  }

  private static String sentence(Place place, Lost objects) {
    String field = place.field();
    String keys = objects.keys(place.model());
    return switch (place.outcome()) {
      case OBJECT_MISSING ->
          keys
              + " refer to restored objects (field "
              + field
              + ") and are missing from the database; to restore them too, name them in"
              + " \"objects\" (--objects)";
      case NOW_NULL ->
          keys
              + " no longer refer to restored objects (field "
              + field
              + " is null); they were not changed";
      case ENTRY_RESTORED ->
          "restored entries of the list "
              + field
              + " of "
              + keys
              + " ("
              + objects.references
              + " in total)";
      case ENTRY_MISSING ->
          "the list "
              + field
              + " of "
              + keys
              + " no longer contains restored objects; to restore these entries, use \"with\":"
              + " \"owned\" (--with owned)";
    };
  }
}
