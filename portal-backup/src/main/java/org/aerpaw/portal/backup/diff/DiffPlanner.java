package org.aerpaw.portal.backup.diff;

import static java.util.Comparator.comparing;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.encryption.Identity;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.run.InvalidRequestException;

/** Finds out from the manifests what can be compared. Reads no other file of a set. */
final class DiffPlanner {

  private static final String FROM = "from";
  private static final String TO = "to";

  private final DiffRequest request;
  private final ModelRegistry registry;
  private final BackupCatalog sets;
  private final List<FixtureError> problems = new ArrayList<>();

  private DiffPlanner(DiffRequest request, ModelRegistry registry, BackupCatalog sets) {
    this.request = request;
    this.registry = registry;
    this.sets = sets;
  }

  /**
   * @throws InvalidRequestException with all reasons why the request cannot be fulfilled
   */
  static DiffPlan plan(DiffRequest request, ModelRegistry registry, BackupCatalog sets)
      throws InvalidRequestException, IOException {
    return new DiffPlanner(request, registry, sets).plan();
  }

  private DiffPlan plan() throws InvalidRequestException, IOException {
    Identity.requireValid(request.identity());
    Set<Model> requested =
        registry.resolve(
            request.models(), problem -> problems.add(FixtureError.ofField("models", problem)));
    Optional<DiffSet> from = find(FROM, request.from());
    boolean withDatabase = request.to().equals(DiffRequest.DATABASE);
    Optional<DiffSet> to = withDatabase ? Optional.empty() : find(TO, request.to());
    throwIfInvalid();
    Map<Model, DiffFile> fromFiles = files(FROM, from.get(), requested);
    Map<Model, DiffFile> toFiles = to.isPresent() ? files(TO, to.get(), requested) : Map.of();
    throwIfInvalid();
    Collection<Model> toModels =
        withDatabase ? modelsOfDatabase(requested, fromFiles.keySet()) : toFiles.keySet();
    List<FilePair> pairs = pairs(fromFiles, toFiles, toModels);
    if (pairs.isEmpty()) {
      problems.add(FixtureError.ofField(TO, "contains none of the models to compare"));
    }
    pairs.forEach(this::requireComparable);
    throwIfInvalid();
    return new DiffPlan(
        from.get(),
        to,
        pairs,
        without(fromFiles.keySet(), toModels),
        without(toModels, fromFiles.keySet()),
        warnings(pairs));
  }

  private void throwIfInvalid() throws InvalidRequestException {
    if (!problems.isEmpty()) {
      throw new InvalidRequestException(problems);
    }
  }

  private Optional<DiffSet> find(String member, String name) throws IOException {
    try {
      Optional<BackupSet> set = name.equals(DiffRequest.LATEST) ? sets.latest() : sets.find(name);
      if (set.isEmpty()) {
        List<String> ids = sets.all().stream().map(BackupSet::id).toList();
        problems.add(
            FixtureError.ofField(
                member,
                "no such set; "
                    + (ids.isEmpty()
                        ? "there are no readable sets"
                        : "the sets are: " + String.join(", ", ids))));
        return Optional.empty();
      }
      return Optional.of(DiffSet.of(set.get(), request.identity()));
    } catch (InvalidRequestException e) {
      problems.addAll(e.errors());
      return Optional.empty();
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      problems.add(FixtureError.ofField(member, e.getMessage()));
      return Optional.empty();
    }
  }

  /**
   * The file of each model of a set, in the order of the files.
   *
   * @param requested the models to compare; empty for all
   */
  private Map<Model, DiffFile> files(String member, DiffSet set, Set<Model> requested) {
    Map<Model, DiffFile> files = new LinkedHashMap<>();
    set.manifest()
        .files()
        .forEach(
            (name, entry) -> {
              for (String label : entry.models().keySet()) {
                Optional<Model> model =
                    registry.find(label).filter(found -> found.label().equals(label));
                if (model.isEmpty() && requested.isEmpty()) {
                  problems.add(
                      FixtureError.ofField(
                          member,
                          name
                              + " contains objects of an unknown model: "
                              + label
                              + "; name the models to compare, without this one"));
                }
                if (model.isPresent() && (requested.isEmpty() || requested.contains(model.get()))) {
                  DiffFile other = files.put(model.get(), new DiffFile(set, name));
                  if (other != null) {
                    problems.add(
                        FixtureError.ofField(
                            member,
                            "both %s and %s contain objects of %s"
                                .formatted(other.file(), name, label)));
                  }
                }
              }
            });
    return files;
  }

  /** Apps that dumps exclude by default are only compared if they were dumped or requested. */
  private List<Model> modelsOfDatabase(Set<Model> requested, Set<Model> inSet) {
    return registry.models().stream()
        .filter(
            model ->
                requested.isEmpty()
                    ? inSet.contains(model) || !registry.isExcludedByDefault(model)
                    : requested.contains(model))
        .toList();
  }

  /** The pairs of files that have models in common, the largest first. */
  private static List<FilePair> pairs(
      Map<Model, DiffFile> fromFiles, Map<Model, DiffFile> toFiles, Collection<Model> toModels) {
    Map<List<String>, List<Model>> groups = new LinkedHashMap<>();
    fromFiles.forEach(
        (model, file) -> {
          if (toModels.contains(model)) {
            DiffFile other = toFiles.get(model);
            List<String> names =
                other == null ? List.of(file.file()) : List.of(file.file(), other.file());
            groups.computeIfAbsent(names, key -> new ArrayList<>()).add(model);
          }
        });
    List<FilePair> pairs = new ArrayList<>();
    for (List<Model> models : groups.values()) {
      DiffFile from = fromFiles.get(models.get(0));
      DiffFile to = toFiles.get(models.get(0));
      var pair = new FilePair(from, to, models);
      if (pair.hasSameOrder()) {
        pairs.add(pair);
      } else {
        // The files are read again for each model.
        models.forEach(model -> pairs.add(new FilePair(from, to, List.of(model))));
      }
    }
    pairs.sort(comparing(FilePair::objects).reversed());
    return pairs;
  }

  private void requireComparable(FilePair pair) {
    requireKeys(FROM, pair.from(), pair.models());
    if (pair.to() == null) {
      return;
    }
    requireKeys(TO, pair.to(), pair.models());
    boolean natural = pair.from().entry().naturalForeign();
    if (natural != pair.to().entry().naturalForeign()) {
      problems.add(
          FixtureError.ofField(
              TO,
              ("%s has %s as references and %s has %s,"
                      + " so they can be compared with the database, but not with each other")
                  .formatted(pair.from().name(), keys(natural), pair.to().name(), keys(!natural))));
    }
  }

  private static String keys(boolean natural) {
    return natural ? "natural keys (naturalForeign)" : "primary keys";
  }

  private void requireKeys(String member, DiffFile file, List<Model> models) {
    Optional<Model> withoutKeys =
        models.stream().filter(model -> !model.naturalKey().isEmpty()).findFirst();
    if (file.entry().naturalPrimary() && withoutKeys.isPresent()) {
      problems.add(
          FixtureError.ofField(
              member,
              "%s cannot be compared: %s has no primary keys (naturalPrimary)"
                  .formatted(withoutKeys.get(), file.name())));
    }
  }

  private static List<Model> without(Collection<Model> models, Collection<Model> others) {
    return models.stream().filter(model -> !others.contains(model)).toList();
  }

  private static List<String> warnings(List<FilePair> pairs) {
    List<String> warnings = new ArrayList<>();
    Set<String> truncated = new LinkedHashSet<>();
    for (FilePair pair : pairs) {
      Stream.of(pair.from(), pair.to())
          .filter(file -> file != null && file.hasMilliseconds())
          .forEach(file -> truncated.add(file.name()));
      if (!pair.findsAdded()) {
        warnings.add(partial(pair.from(), "added"));
      }
      if (!pair.findsRemoved()) {
        warnings.add(partial(pair.to(), "removed"));
      }
    }
    if (!truncated.isEmpty()) {
      warnings.add(
          "timestamps are compared to the millisecond, since these files have no microseconds: "
              + String.join(", ", truncated));
    }
    return warnings;
  }

  private static String partial(DiffFile file, String change) {
    return file.name()
        + " contains only some objects of its models, so objects that it lacks do not count as "
        + change;
  }
}
