package org.aerpaw.portal.backup.selection;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * Finds the requested objects and those that go with them, in rounds: each round asks the source
 * for the objects that the previous one found out about.
 *
 * <p>If the objects are to be loaded, only the requested objects and missing ones are selected. An
 * object that exists and was not requested is left alone, and the search ends there. Whether an
 * existing object is the same one as in the source is checked for every object that is selected or
 * referred to.
 */
public final class ObjectSearch {

  private static final int BATCH = 500;
  private static final int MAX_ERRORS = 100;

  /** The maximum number of references, so that they fit in memory. */
  private static final int MAX_REFERENCES = 500_000;

  /**
   * An object to find.
   *
   * @param owns whether what belongs to it is selected too
   */
  private record Wanted(Reason reason, boolean owns) {}

  private record Candidate(ObjectOutline object, Wanted wanted) {}

  private final RequestedObjects requested;
  private final ObjectSource source;

  /** The database that the objects are to be loaded into; null if they are not. */
  private final StoredObjects database;

  private final Predicate<Model> isFollowed;

  private final Map<ObjectKey, Reason> selected = new LinkedHashMap<>();
  private final KeySet missing = new KeySet();
  private final Set<ObjectKey> owners = new HashSet<>();
  private final Set<ObjectKey> asked = new HashSet<>();
  private final Set<ObjectKey> notFound;
  private final List<FixtureError> errors = new ArrayList<>();
  private Map<ObjectKey, Wanted> wanted = new LinkedHashMap<>();
  private Set<ObjectKey> newOwners = new LinkedHashSet<>();
  private final Map<ObjectKey, Candidate> candidates = new LinkedHashMap<>();

  private ObjectSearch(
      RequestedObjects requested,
      ObjectSource source,
      StoredObjects database,
      Predicate<Model> isFollowed) {
    this.requested = requested;
    this.source = source;
    this.database = database;
    this.isFollowed = isFollowed;
    this.notFound = new LinkedHashSet<>(requested.keys());
  }

  /**
   * Selects objects to load.
   *
   * @param database the database that they are to be loaded into, whose tables must be locked
   * @param place the name of the source for error messages
   * @throws RunFailedException naming every requested object that the source lacks, or every key
   *     that belongs to a different object in the database; or if there are more objects than the
   *     limit
   */
  public static SelectedObjects toLoad(
      RequestedObjects requested, ObjectSource source, StoredObjects database, String place)
      throws RunFailedException, SQLException, IOException {
    return new ObjectSearch(requested, source, database, model -> true).run(place);
  }

  /**
   * Selects stored objects to dump. References to models that a dump excludes by default are not
   * followed, since every portal has these objects.
   *
   * @throws RunFailedException naming every requested object that does not exist; or if there are
   *     more objects than the limit
   */
  public static SelectedObjects toDump(
      RequestedObjects requested, StoredObjects stored, ModelRegistry registry)
      throws RunFailedException, SQLException, IOException {
    return new ObjectSearch(requested, stored, null, model -> !registry.isExcludedByDefault(model))
        .run("the database");
  }

  /** All models whose objects a search may select or compare, or whose lists may refer to them. */
  public static Set<Model> models(RequestedObjects requested, ModelRegistry registry) {
    Set<Model> models = new LinkedHashSet<>();
    Deque<Model> open = new ArrayDeque<>();
    requested.keys().forEach(object -> open.add(object.model()));
    while (!open.isEmpty()) {
      Model model = open.remove();
      if (models.add(model)) {
        targets(model).forEach(open::add);
        if (requested.with() == RelatedObjects.OWNED) {
          registry.models().stream()
              .filter(other -> targets(other).anyMatch(model::equals))
              .forEach(open::add);
        }
      }
    }
    return models;
  }

  private static Stream<Model> targets(Model model) {
    return Stream.of(
            model.parent().stream(),
            model.fields().stream().filter(Field::isReference).map(Field::target),
            model.lists().stream().map(ListField::model))
        .flatMap(part -> part);
  }

  private SelectedObjects run(String place) throws RunFailedException, SQLException, IOException {
    for (ObjectKey key : requested.keys()) {
      enqueue(key, new Wanted(Reason.REQUESTED, requested.with() == RelatedObjects.OWNED));
    }
    while (!wanted.isEmpty() || !newOwners.isEmpty()) {
      Map<ObjectKey, Wanted> keys = wanted;
      Set<ObjectKey> ofOwners = newOwners;
      wanted = new LinkedHashMap<>();
      newOwners = new LinkedHashSet<>();
      source.find(
          new SearchTerms(KeySet.of(keys.keySet()), KeySet.of(ofOwners)),
          object -> accept(object, keys, ofOwners));
      selectCandidates();
      requireRequested(place);
    }
    throwIfAny();
    return SelectedObjects.of(selected, missing);
  }

  private void enqueue(ObjectKey key, Wanted as) throws RunFailedException {
    boolean isNew = asked.add(key);
    if (asked.size() > MAX_REFERENCES) {
      throw new RunFailedException(
          List.of(
              FixtureError.ofField(
                  "objects",
                  "the selected objects refer to more than "
                      + MAX_REFERENCES
                      + " objects; dump whole apps, or load whole files, instead")));
    }
    if (isNew || as.owns() && !owners.contains(key)) {
      wanted.merge(
          key, as, (before, now) -> new Wanted(before.reason(), before.owns() || now.owns()));
    }
  }

  private void accept(
      ObjectOutline object, Map<ObjectKey, Wanted> keys, Collection<ObjectKey> ofOwners)
      throws RunFailedException, SQLException, IOException {
    ObjectKey key = object.key();
    Wanted as = keys.get(key);
    Optional<Reference> owner =
        object.references().stream()
            .filter(reference -> reference.isOwning() && ofOwners.contains(reference.target()))
            .findFirst();
    if (owner.isPresent()) {
      as = new Wanted(as == null ? Reason.belongs(owner.get()) : as.reason(), true);
    }
    if (as == null) {
      return;
    }
    notFound.remove(key);
    if (selected.containsKey(key)) {
      followOwned(object, as);
      return;
    }
    var candidate = new Candidate(object, as);
    candidates.merge(key, candidate, (before, now) -> before.wanted().owns() ? before : now);
    if (candidates.size() == BATCH) {
      selectCandidates();
    }
  }

  private void selectCandidates() throws RunFailedException, SQLException, IOException {
    Map<ObjectKey, ObjectOutline> existing =
        database == null ? Map.of() : database.existing(candidates.keySet());
    for (Candidate candidate : candidates.values()) {
      ObjectKey key = candidate.object().key();
      Reason reason = candidate.wanted().reason();
      ObjectOutline row = existing.get(key);
      Optional<String> difference =
          Optional.ofNullable(row).flatMap(stored -> candidate.object().difference(stored));
      if (difference.isPresent()) {
        addError(key, difference.get(), reason);
      } else if (reason == Reason.REQUESTED
          || row == null && requested.with() != RelatedObjects.NOTHING) {
        select(candidate, row == null);
      }
    }
    candidates.clear();
  }

  private void select(Candidate candidate, boolean isMissing) throws RunFailedException {
    ObjectOutline object = candidate.object();
    selected.put(object.key(), candidate.wanted().reason());
    if (isMissing) {
      missing.add(object.key());
    }
    if (selected.size() > requested.limit()) {
      throw new RunFailedException(
          List.of(
              FixtureError.ofField(
                  "limit",
                  "more than "
                      + requested.limit()
                      + " objects are selected; if that is intended, set a higher limit")));
    }
    // With RelatedObjects.NOTHING, an object that is referred to is not selected, but still
    // compared with the stored one if the objects are to be loaded.
    if (database != null || requested.with() != RelatedObjects.NOTHING) {
      for (Reference reference : object.references()) {
        if (isFollowed.test(reference.target().model())) {
          enqueue(
              reference.target(), new Wanted(Reason.referredTo(reference, object.key()), false));
        }
      }
    }
    followOwned(object, candidate.wanted());
  }

  /** Also searches for what belongs to the object, and for what belongs to its parent. */
  private void followOwned(ObjectOutline object, Wanted as) throws RunFailedException {
    if (!as.owns() || !owners.add(object.key())) {
      return;
    }
    newOwners.add(object.key());
    for (Reference reference : object.references()) {
      if (reference.kind() == Reference.Kind.PARENT) {
        enqueue(reference.target(), new Wanted(Reason.referredTo(reference, object.key()), true));
      }
    }
  }

  private void addError(ObjectKey key, String field, Reason reason) {
    if (errors.size() < MAX_ERRORS) {
      String of = reason == Reason.REQUESTED ? "" : " (" + reason + ")";
      errors.add(
          key.error(
              null,
              "the primary key now belongs to a different object: " + field + " differs" + of));
    }
  }

  private void requireRequested(String place) throws RunFailedException {
    notFound.stream()
        .limit(MAX_ERRORS)
        .forEach(key -> errors.add(key.error("objects", "not in " + place)));
    if (!selected.keySet().containsAll(requested.keys())) {
      throwIfAny();
    }
  }

  private void throwIfAny() throws RunFailedException {
    if (!errors.isEmpty()) {
      throw new RunFailedException(errors);
    }
  }
}
