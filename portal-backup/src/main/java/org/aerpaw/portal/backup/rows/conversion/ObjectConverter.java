package org.aerpaw.portal.backup.rows.conversion;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.FixtureField;
import org.aerpaw.portal.backup.fixture.FixtureObject;
import org.aerpaw.portal.backup.fixture.Position;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.model.Field;
import org.aerpaw.portal.backup.model.FieldDefault;
import org.aerpaw.portal.backup.model.ListField;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.NaturalKey;
import org.aerpaw.portal.backup.model.column.ConversionWarnings;
import org.aerpaw.portal.backup.postgres.checks.DatabaseEncoding;

/** Converts the objects of one model in one file, and reports all errors of an object. */
public final class ObjectConverter {

  private final Model model;
  private final String file;
  private final ConversionWarnings warnings;
  private final Consumer<FixtureError> errors;

  private final Optional<DatabaseEncoding> encoding;

  /** Receives the names of unknown fields; null if they are errors. */
  private final Consumer<String> unknownFields;

  /** The name of the field that links an object to its parent; null if there is none. */
  private final String parentLink;

  /** The names of the fields in the file; lists follow the others. */
  private final String[] names;

  /** The indexes of the fields by name. */
  private final Map<String, Integer> places = new HashMap<>();

  /**
   * @param renamed the names of fields by the old names that the file may have for them
   * @param encoding limits the characters of texts
   * @param unknownFields receives the names of unknown fields; null if they are errors
   */
  public ObjectConverter(
      Model model,
      String file,
      Map<String, String> renamed,
      Optional<DatabaseEncoding> encoding,
      ConversionWarnings warnings,
      Consumer<FixtureError> errors,
      Consumer<String> unknownFields) {
    this.model = model;
    this.file = file;
    this.encoding = encoding;
    this.warnings = warnings;
    this.errors = errors;
    this.unknownFields = unknownFields;
    this.parentLink = model.parentLink().orElse(null);
    this.names =
        Stream.concat(
                model.fields().stream().map(Field::name),
                model.lists().stream().map(ListField::name))
            .toArray(String[]::new);
    for (int place = 0; place < names.length; place++) {
      places.put(names[place], place);
    }
    Map<String, Integer> current = Map.copyOf(places);
    renamed.forEach(
        (name, field) -> {
          places.put(name, current.get(field));
          names[current.get(field)] = name;
        });
    for (int place = 0; place < names.length; place++) {
      if (places.get(names[place]) != place) {
        names[place] = ""; // In the file, this name is the old one of another field.
      }
    }
  }

  /** Converts an object; empty if it has errors, which were reported. */
  public Optional<ConvertedObject> convert(FixtureObject object) {
    boolean valid = true;
    Object key = null;
    try {
      key = key(object);
    } catch (BadValueException e) {
      valid = report(object, null, "pk", object.at(), e.getMessage());
    }
    int fields = model.fields().size();
    FixtureField[] given = new FixtureField[names.length];
    int next = 0;
    for (FixtureField field : object.fields()) {
      Integer place = place(field.name(), next);
      if (isParentLink(field)) {
        continue;
      }
      if (place == null && unknownFields != null) {
        unknownFields.accept(field.name());
      } else if (place == null) {
        valid = report(object, key, field.name(), field.at(), "no such field");
      } else if (given[place] != null) {
        valid =
            report(
                object,
                key,
                field.name(),
                field.at(),
                "the object contains this field twice, also as " + given[place].name());
      } else {
        given[place] = field;
        next = place + 1;
      }
    }
    Object[] values = new Object[fields];
    List<?>[] lists = new List<?>[model.lists().size()];
    Set<NaturalKeyReference> naturalKeys = new LinkedHashSet<>();
    for (int place = 0; place < given.length; place++) {
      boolean isList = place >= fields;
      try {
        if (isList) {
          lists[place - fields] =
              given[place] == null
                  ? null
                  : items(
                      model.lists().get(place - fields), place, given[place].value(), naturalKeys);
        } else if (isNaturalKey(place, given[place])) {
          Model target = model.fields().get(place).target();
          naturalKeys.add(
              new NaturalKeyReference(
                  place, NaturalKey.parts(target, (List<?>) given[place].value())));
        } else {
          values[place] = value(model.fields().get(place), given[place]);
        }
      } catch (BadValueException e) {
        valid =
            report(
                object,
                key,
                given[place] == null ? nameOf(place) : given[place].name(),
                given[place] == null ? object.at() : given[place].at(),
                e.getMessage());
      }
    }
    return valid ? Optional.of(converted(key, values, lists, naturalKeys)) : Optional.empty();
  }

  private String nameOf(int place) {
    int fields = model.fields().size();
    return place < fields
        ? model.fields().get(place).name()
        : model.lists().get(place - fields).name();
  }

  /**
   * @param expected the index of the field if the fields are in the order of the model
   */
  private Integer place(String name, int expected) {
    if (expected < names.length && names[expected].equals(name)) {
      return expected;
    }
    return places.get(name);
  }

  @SuppressWarnings("unchecked")
  private static ConvertedObject converted(
      Object key, Object[] values, List<?>[] lists, Set<NaturalKeyReference> names) {
    return new ConvertedObject(
        key,
        Arrays.asList(values),
        (List<List<Object>>) (List<?>) Arrays.asList(lists),
        names.isEmpty() ? List.of() : List.copyOf(names));
  }

  private boolean isNaturalKey(int place, FixtureField given) {
    return given != null
        && given.value() instanceof List<?>
        && model.fields().get(place).isReference();
  }

  /**
   * The primary key of the object, or the one in its link to the parent if it has no {@code pk};
   * null if it has neither and needs none.
   *
   * @throws BadValueException if it is not a key of the model
   */
  public Object key(FixtureObject object) {
    Object key = object.pk() == null ? null : model.convertKey(object.pk());
    if (parentLink == null) {
      return key;
    }
    for (FixtureField field : object.fields()) {
      if (isParentLink(field)) {
        Object parent = model.convertKey(field.value());
        if (key != null && !key.equals(parent)) {
          throw new BadValueException("pk and " + field.name() + " differ");
        }
        key = parent;
      }
    }
    if (key == null) {
      throw new BadValueException("the primary key of its " + model.parent().get() + " is missing");
    }
    return key;
  }

  private boolean isParentLink(FixtureField field) {
    return parentLink != null && parentLink.equals(field.name());
  }

  private Object value(Field field, FixtureField given) {
    if (given != null) {
      Object value = field.convert(given.value(), warnings);
      if (encoding.isPresent() && value instanceof String text) {
        requireEncodable(text, encoding.get());
      }
      return value;
    }
    FieldDefault substitute =
        field
            .defaultValue()
            .orElseThrow(() -> new BadValueException("the field is missing and has no default"));
    return substitute.value();
  }

  private static void requireEncodable(String text, DatabaseEncoding encoding) {
    encoding
        .problem(text)
        .ifPresent(
            reason -> {
              throw new BadValueException(reason);
            });
  }

  /** Converts the items of a list; natural keys are collected separately. */
  private static List<Object> items(
      ListField list, int place, Object json, Set<NaturalKeyReference> names) {
    if (!(json instanceof List<?> keys)) {
      throw new BadValueException("a list of keys is expected");
    }
    if (keys.isEmpty()) {
      return List.of();
    }
    if (keys.size() == 1 && !(keys.get(0) instanceof List<?>)) {
      return List.of(list.convertItem(keys.get(0)));
    }
    Set<Object> items = new LinkedHashSet<>();
    for (Object key : keys) {
      if (key instanceof List<?> parts) {
        names.add(new NaturalKeyReference(place, NaturalKey.parts(list.model(), parts)));
      } else {
        items.add(list.convertItem(key));
      }
    }
    return List.copyOf(items);
  }

  private boolean report(
      FixtureObject object, Object key, String field, Position at, String reason) {
    String pk = key == null ? null : key.toString();
    errors.accept(new FixtureError(file, at.line(), at.column(), model.label(), pk, field, reason));
    return false;
  }
}
