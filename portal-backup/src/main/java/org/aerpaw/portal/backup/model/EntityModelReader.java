package org.aerpaw.portal.backup.model;

import static java.util.Comparator.comparing;

import jakarta.annotation.Priority;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.persistence.Entity;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.OrderBy;
import jakarta.persistence.PrimaryKeyJoinColumn;
import jakarta.persistence.Table;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.model.column.IntegerColumn;

/**
 * Creates models from entity classes.
 *
 * <p>The app is the last part of the entity's package, the label is the app and the entity's name
 * in lower case. Models are sorted by {@link Priority} within their app, fields by {@link
 * JsonbPropertyOrder}, otherwise as declared, superclasses first. A field has the name of its
 * column (a reference without {@code _id}), a list that of its attribute in snake case, unless
 * {@code JsonbProperty} names it. Default values are those that the entity's no-argument
 * constructor sets.
 *
 * <p>An object belongs to the target of a reference if the target's inverse side cascades removal
 * or removes orphans, or if the definition of the foreign key contains {@code ON DELETE CASCADE}. A
 * timestamp that is not updatable is the time at which an object was created.
 */
final class EntityModelReader {

  /** An entity whose model is incomplete. */
  private record Draft(Class<?> entity, Model model, Draft parent, Map<String, Field> fields) {}

  private final List<Class<?>> entities;
  private final Map<Class<?>, Draft> drafts = new LinkedHashMap<>();

  EntityModelReader(Collection<? extends Class<?>> entities) {
    this.entities =
        entities.stream()
            .<Class<?>>map(Function.identity())
            .sorted(
                comparing(EntityModelReader::app)
                    .thenComparing(EntityModelReader::priority)
                    .thenComparing(EntityModelReader::entityName))
            .toList();
  }

  List<Model> models() {
    entities.forEach(this::draft);
    drafts.values().forEach(this::readFields);
    drafts.values().forEach(this::complete);
    return entities.stream().map(entity -> drafts.get(entity).model()).toList();
  }

  private Draft draft(Class<?> entity) {
    Draft known = drafts.get(entity);
    if (known != null) {
      return known;
    }
    Draft parent = parentEntity(entity).map(this::draft).orElse(null);
    String label = app(entity) + "." + entityName(entity).toLowerCase(Locale.ROOT);
    Column key = parent == null ? key(entity) : childKey(entity, parent.model().key());
    var draft =
        new Draft(
            entity,
            new Model(app(entity), label, table(entity), key),
            parent,
            new LinkedHashMap<>());
    drafts.put(entity, draft);
    return draft;
  }

  private void readFields(Draft draft) {
    attributes(draft.entity())
        .filter(attribute -> !attribute.isKey() && !attribute.isInverse() && !attribute.isList())
        .forEach(
            attribute -> draft.fields().put(attribute.name(), field(draft.entity(), attribute)));
  }

  private void complete(Draft draft) {
    List<ListField> lists =
        attributes(draft.entity())
            .filter(EntityAttribute::isList)
            .map(list -> list(draft, list))
            .toList();
    Model parent = draft.parent() == null ? null : draft.parent().model();
    draft.model().complete(parent, ordered(draft), lists, uniques(draft), naturalKey(draft));
  }

  private Field field(Class<?> entity, EntityAttribute attribute) {
    Model target = null;
    Column column;
    if (attribute.isReference()) {
      target = target(attribute);
      column = attribute.joinColumn(target.key());
      requireKey(attribute, target);
    } else if (attribute.isBasic()) {
      column = attribute.column();
    } else {
      throw new MappingException(attribute + ": this kind of association is not supported");
    }
    String name = target == null ? column.name() : column.name().replaceFirst("_id$", "");
    return new Field(
        attribute.fixtureName(name),
        column,
        attribute.isNullable(),
        target,
        attribute.isReference() && isOwned(entity, attribute),
        attribute.isCreationTime(),
        attribute.isReference()
            ? () -> null
            : () -> attribute.columnValue(newInstance(concrete(entity))));
  }

  private static boolean isOwned(Class<?> entity, EntityAttribute reference) {
    return reference.isDeletedWithTarget()
        || attributes(reference.target())
            .anyMatch(attribute -> attribute.cascadesRemovalTo(entity, reference));
  }

  private static void requireKey(EntityAttribute reference, Model target) {
    String referenced =
        reference.get(JoinColumn.class).map(JoinColumn::referencedColumnName).orElse("");
    if (!referenced.isEmpty()
        && !EntityAttribute.databaseName(referenced).equals(target.key().name())) {
      throw new MappingException(reference + ": references must be to the key");
    }
  }

  private ListField list(Draft draft, EntityAttribute attribute) {
    JoinTable table =
        attribute
            .get(JoinTable.class)
            .filter(
                given -> given.joinColumns().length == 1 && given.inverseJoinColumns().length == 1)
            .orElseThrow(
                () ->
                    new MappingException(
                        attribute + ": needs a @JoinTable with one column each way"));
    Model target = target(attribute);
    return new ListField(
        attribute.fixtureName(snakeCase(attribute.name())),
        EntityAttribute.databaseName(table.name()),
        new Column(
            EntityAttribute.databaseName(table.joinColumns()[0].name()),
            draft.model().key().type()),
        new Column(
            EntityAttribute.databaseName(table.inverseJoinColumns()[0].name()),
            target.key().type()),
        target,
        ordering(attribute));
  }

  private Model target(EntityAttribute attribute) {
    Draft draft = drafts.get(attribute.target());
    if (draft == null) {
      throw new MappingException(
          attribute + ": " + attribute.target().getName() + " is not a known entity");
    }
    return draft.model();
  }

  private List<SortKey> ordering(EntityAttribute list) {
    String terms = list.get(OrderBy.class).map(OrderBy::value).orElse("");
    return Arrays.stream(terms.split(","))
        .map(String::trim)
        .filter(term -> !term.isEmpty())
        .flatMap(term -> sortKeys(list, term))
        .toList();
  }

  private Stream<SortKey> sortKeys(EntityAttribute list, String term) {
    String[] words = term.split("\\s+");
    boolean descending = words.length > 1 && words[1].equalsIgnoreCase("DESC");
    String[] names = words[0].split("\\.");
    String last = names[names.length - 1];
    Draft draft = drafts.get(list.target());
    List<Field> path = new ArrayList<>();
    for (String name : List.of(names).subList(0, names.length - 1)) {
      Field reference = draft.fields().get(name);
      if (reference == null || !reference.isReference()) {
        throw new MappingException(list + ": @OrderBy names no reference: " + name);
      }
      path.add(reference);
      draft = draft(reference.target());
    }
    if (isKey(draft.entity(), last)) {
      return Stream.of(new SortKey(new ColumnPath(path, draft.model().key()), descending));
    }
    Field field = draft.fields().get(last);
    if (field == null) {
      throw new MappingException(list + ": @OrderBy names no attribute: " + last);
    }
    return expand(path, field).map(column -> new SortKey(column, descending));
  }

  private static boolean isKey(Class<?> entity, String attribute) {
    return attributes(entity).anyMatch(one -> one.isKey() && one.name().equals(attribute));
  }

  /** Replaces a reference with the natural key of its target, if the target has one. */
  private Stream<ColumnPath> expand(List<Field> path, Field field) {
    List<Field> known = field.isReference() ? firstUnique(draft(field.target())) : List.of();
    boolean circle = path.contains(field);
    if (circle || known.isEmpty()) {
      return Stream.of(new ColumnPath(path, field.column()));
    }
    List<Field> longer = new ArrayList<>(path);
    longer.add(field);
    return known.stream().flatMap(part -> expand(longer, part));
  }

  private List<ColumnPath> naturalKey(Draft draft) {
    return firstUnique(draft).stream()
        .sorted(comparing(Field::isReference))
        .flatMap(field -> expand(List.of(), field))
        .toList();
  }

  private static List<Field> firstUnique(Draft draft) {
    return uniques(draft).stream().findFirst().orElse(List.of());
  }

  private Draft draft(Model model) {
    return drafts.values().stream()
        .filter(draft -> draft.model() == model)
        .findFirst()
        .orElseThrow();
  }

  private static List<Field> ordered(Draft draft) {
    var fields = new LinkedHashMap<String, Field>();
    for (Field field : draft.fields().values()) {
      if (fields.put(field.name(), field) != null) {
        throw new MappingException(
            draft.entity().getName() + ": two attributes have the field name " + field.name());
      }
    }
    var order = draft.entity().getAnnotation(JsonbPropertyOrder.class);
    if (order == null) {
      return List.copyOf(fields.values());
    }
    List<Field> ordered = new ArrayList<>();
    for (String name : order.value()) {
      Field field = fields.remove(name);
      if (field == null) {
        throw new MappingException(
            draft.entity().getName() + ": @JsonbPropertyOrder names no field: " + name);
      }
      ordered.add(field);
    }
    ordered.addAll(fields.values());
    return ordered;
  }

  private static List<List<Field>> uniques(Draft draft) {
    List<List<Field>> uniques = new ArrayList<>();
    attributes(draft.entity())
        .filter(EntityAttribute::isUnique)
        .map(attribute -> draft.fields().get(attribute.name()))
        .filter(field -> field != null)
        .forEach(field -> uniques.add(List.of(field)));
    Table table = draft.entity().getAnnotation(Table.class);
    if (table != null) {
      for (var constraint : table.uniqueConstraints()) {
        uniques.add(
            Arrays.stream(constraint.columnNames())
                .map(column -> byColumn(draft, column))
                .toList());
      }
    }
    return uniques;
  }

  private static Field byColumn(Draft draft, String column) {
    return draft.fields().values().stream()
        .filter(field -> field.column().name().equals(EntityAttribute.databaseName(column)))
        .findFirst()
        .orElseThrow(
            () ->
                new MappingException(
                    draft.entity().getName() + ": a unique constraint names no column: " + column));
  }

  private static Column key(Class<?> entity) {
    List<EntityAttribute> keys = attributes(entity).filter(EntityAttribute::isKey).toList();
    if (keys.size() != 1 || !(keys.get(0).column().type() instanceof IntegerColumn)) {
      throw new MappingException(
          entity.getName() + ": the key must be one attribute with a whole number");
    }
    return keys.get(0).column();
  }

  private static Column childKey(Class<?> entity, Column parentKey) {
    var join = entity.getAnnotation(PrimaryKeyJoinColumn.class);
    String name =
        join == null || join.name().isEmpty()
            ? parentKey.name()
            : EntityAttribute.databaseName(join.name());
    return new Column(name, parentKey.type());
  }

  private static Optional<Class<?>> parentEntity(Class<?> entity) {
    for (Class<?> type = entity.getSuperclass(); type != null; type = type.getSuperclass()) {
      if (type.isAnnotationPresent(Entity.class)) {
        requireJoined(type);
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  private static void requireJoined(Class<?> parent) {
    boolean extendsEntity = parentEntity(parent).isPresent();
    var inheritance = parent.getAnnotation(Inheritance.class);
    if (!extendsEntity
        && (inheritance == null || inheritance.strategy() != InheritanceType.JOINED)) {
      throw new MappingException(parent.getName() + ": only joined inheritance is supported");
    }
  }

  /**
   * The attributes of an entity without its parent entity's; those of mapped superclasses come
   * first.
   */
  private static Stream<EntityAttribute> attributes(Class<?> entity) {
    Stream<EntityAttribute> own = EntityAttribute.declaredBy(entity).stream();
    Class<?> superclass = entity.getSuperclass();
    boolean mapped = superclass != null && superclass.isAnnotationPresent(MappedSuperclass.class);
    return mapped ? Stream.concat(attributes(superclass), own) : own;
  }

  private static String app(Class<?> entity) {
    String name = entity.getPackageName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static int priority(Class<?> entity) {
    var priority = entity.getAnnotation(Priority.class);
    return priority == null ? Integer.MAX_VALUE : priority.value();
  }

  private static String entityName(Class<?> entity) {
    String name = entity.getAnnotation(Entity.class).name();
    return name.isEmpty() ? entity.getSimpleName() : name;
  }

  private static String table(Class<?> entity) {
    var table = entity.getAnnotation(Table.class);
    return EntityAttribute.databaseName(
        table == null || table.name().isEmpty() ? entityName(entity) : table.name());
  }

  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  /** The class to create an object of: an abstract entity is replaced by one of its children. */
  private Class<?> concrete(Class<?> entity) {
    return Stream.concat(Stream.of(entity), entities.stream().filter(entity::isAssignableFrom))
        .filter(type -> !Modifier.isAbstract(type.getModifiers()))
        .findFirst()
        .orElse(entity);
  }

  private static Object newInstance(Class<?> entity) {
    try {
      Constructor<?> constructor = entity.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new MappingException(entity.getName() + ": its no-argument constructor failed", e);
    }
  }
}
