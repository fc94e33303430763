package org.aerpaw.portal.backup.load.objects;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.FixtureField;
import org.aerpaw.portal.backup.fixture.FixtureObject;
import org.aerpaw.portal.backup.fixture.FixtureReader;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.load.source.ErrorCollector;
import org.aerpaw.portal.backup.load.source.FixtureFile;
import org.aerpaw.portal.backup.load.source.Renames;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.model.column.ConversionWarnings;
import org.aerpaw.portal.backup.rows.conversion.ConvertedObject;
import org.aerpaw.portal.backup.rows.conversion.ObjectConverter;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunFailedException;
import org.aerpaw.portal.backup.selection.KeySet;
import org.aerpaw.portal.backup.selection.ObjectOutline;
import org.aerpaw.portal.backup.selection.ObjectSource;
import org.aerpaw.portal.backup.selection.SearchTerms;

/**
 * The objects in the files of a load. Every search reads the files that can contain what it asks
 * for, and keeps one object in memory at a time. Objects without a primary key are not found.
 */
final class FixtureObjects implements ObjectSource {

  private static final int PROGRESS_INTERVAL = 1000;

  /** Decides whether an object was asked for, before it is converted. */
  @FunctionalInterface
  private interface Filter {
    boolean accepts(
        Model model, long key, FixtureObject object, Map<String, Link> links, String file)
        throws RunFailedException;
  }

  /** A field that refers to another model. */
  private record Link(Model target, boolean isOwned, boolean isList) {}

  private final List<FixtureFile> files;
  private final boolean ignoreManifest;
  private final Renames renames;
  private final RunContext context;

  /** The fields of each model that refer to another one, by name. */
  private final Map<Model, Map<String, Link>> links = new HashMap<>();

  /**
   * @param ignoreManifest whether a manifest may be wrong about the models in its files
   */
  FixtureObjects(
      List<FixtureFile> files,
      boolean ignoreManifest,
      ModelRegistry registry,
      Renames renames,
      RunContext context) {
    this.files = files;
    this.ignoreManifest = ignoreManifest;
    this.renames = renames;
    this.context = context;
    for (Model model : registry.models()) {
      links.put(model, linksOf(model));
    }
  }

  private static Map<String, Link> linksOf(Model model) {
    Map<String, Link> links = new HashMap<>();
    for (Field field : model.fields()) {
      if (field.isReference()) {
        links.put(field.name(), new Link(field.target(), field.owned(), false));
      }
    }
    for (ListField list : model.lists()) {
      links.put(list.name(), new Link(list.model(), false, true));
    }
    return links;
  }

  @Override
  public void find(SearchTerms terms, Visitor visitor)
      throws RunFailedException, SQLException, IOException {
    scan(
        terms::mayMatch,
        (model, key, object, links, file) ->
            terms.keys().contains(model, key)
                || model.parent().filter(p -> terms.owners().contains(p, key)).isPresent()
                || belongsToOne(model, object, links, terms.owners(), file),
        visitor);
  }

  /** Finds the objects that refer to some of these by a field or a list. */
  void findReferrers(KeySet targets, Visitor visitor)
      throws RunFailedException, SQLException, IOException {
    scan(
        model ->
            links.get(model).values().stream()
                .anyMatch(link -> targets.models().contains(link.target())),
        (model, key, object, links, file) -> refersToOne(object, links, targets),
        visitor);
  }

  private void scan(Predicate<Model> models, Filter filter, Visitor visitor)
      throws RunFailedException, SQLException, IOException {
    var errors = new ErrorCollector();
    for (FixtureFile file : files) {
      if (mayContain(file, models)) {
        scan(file, models, filter, visitor, errors);
      }
    }
    errors.throwIfAny();
  }

  private boolean mayContain(FixtureFile file, Predicate<Model> models) {
    Optional<Manifest.FileEntry> entry = file.manifestEntry();
    return ignoreManifest
        || entry.isEmpty()
        || renames.findAll(entry.get().models().keySet()).stream().anyMatch(models);
  }

  private void scan(
      FixtureFile file,
      Predicate<Model> models,
      Filter filter,
      Visitor visitor,
      ErrorCollector errors)
      throws RunFailedException, SQLException, IOException {
    try (InputStream in = file.open()) {
      var reader = new FixtureReader(in, file.name(), errors::add);
      String label = "";
      Optional<Model> model = Optional.empty();
      ObjectConverter converter = null;
      Map<String, Link> names = Map.of();
      for (FixtureObject object = reader.next(); object != null; object = reader.next()) {
        if (!object.model().equals(label)) {
          label = object.model();
          model = renames.find(label).filter(models);
          if (model.isPresent()) {
            converter = converter(model.get(), label, file.name(), errors);
            names = linksOf(model.get(), label);
          }
        }
        if (reader.objects() % PROGRESS_INTERVAL == 0) {
          context.progress().accept(Progress.of(file.name(), label, null, reader.objects(), 0));
        }
        if (model.isPresent()) {
          Optional<Long> key = key(object, converter);
          if (key.isPresent()
              && filter.accepts(model.get(), key.get(), object, names, file.name())) {
            Optional<ConvertedObject> converted = converter.convert(object);
            if (converted.isPresent()) {
              visitor.visit(
                  ObjectOutline.of(
                      model.get(), key.get(), converted.get().values(), converted.get().lists()));
            }
          }
        }
      }
    }
  }

  private ObjectConverter converter(Model model, String label, String file, ErrorCollector errors) {
    return new ObjectConverter(
        model,
        file,
        renames.fields(label),
        Optional.empty(),
        new ConversionWarnings(),
        error -> errors.add(renames.explain(label, error)),
        field -> {});
  }

  /** The fields that refer to another model, by their names in objects with this label. */
  private Map<String, Link> linksOf(Model model, String label) {
    Map<String, Link> byName = new HashMap<>(links.get(model));
    renames.fields(label).forEach((from, to) -> byName.put(from, links.get(model).get(to)));
    return byName;
  }

  /** Empty if the object has no valid key; such an object cannot have been asked for. */
  private static Optional<Long> key(FixtureObject object, ObjectConverter converter) {
    try {
      return Optional.ofNullable((Long) converter.key(object));
    } catch (BadValueException e) {
      return Optional.empty();
    }
  }

  private boolean belongsToOne(
      Model model, FixtureObject object, Map<String, Link> links, KeySet owners, String file)
      throws RunFailedException {
    for (FixtureField field : object.fields()) {
      Link link = links.get(field.name());
      if (link != null && link.isOwned() && owners.models().contains(link.target())) {
        if (field.value() instanceof List<?>) {
          throw naturalKey(model, object, field, file);
        }
        if (isAmong(owners, link.target(), field.value())) {
          return true;
        }
      }
    }
    return false;
  }

  private RunFailedException naturalKey(
      Model model, FixtureObject object, FixtureField field, String file) {
    return new RunFailedException(
        List.of(
            renames.explain(
                object.model(),
                new FixtureError(
                    file,
                    field.at().line(),
                    field.at().column(),
                    model.label(),
                    String.valueOf(object.pk()),
                    field.name(),
                    "owned objects can only be found by primary key, but this reference is a natural key;"
                        + " use \"with\": \"references\" (--with references) instead, or a set with"
                        + " primary keys"))));
  }

  private static boolean refersToOne(
      FixtureObject object, Map<String, Link> links, KeySet targets) {
    for (FixtureField field : object.fields()) {
      Link link = links.get(field.name());
      if (link != null && targets.models().contains(link.target())) {
        boolean refers =
            link.isList() && field.value() instanceof List<?> items
                ? items.stream().anyMatch(item -> isAmong(targets, link.target(), item))
                : isAmong(targets, link.target(), field.value());
        if (refers) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a value of a fixture is one of these keys; null and natural keys are not. */
  private static boolean isAmong(KeySet keys, Model model, Object json) {
    try {
      return json != null && keys.contains(model, (Long) model.convertKey(json));
    } catch (BadValueException e) {
      return false;
    }
  }
}
