package org.aerpaw.portal.domain;

import static java.util.stream.Collectors.toMap;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.PrimaryKeyJoinColumn;
import jakarta.persistence.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.aerpaw.portal.domain.PortalModel.Relation;
import org.aerpaw.portal.domain.mixins.Choice;
import org.aerpaw.portal.domain.mixins.Identified;

/** The portal's models as the entities' annotations have them. */
final class MappedModels {

  private static final Map<Class<?>, String> SQL_TYPES =
      Map.of(
          int.class, "integer",
          Integer.class, "integer",
          short.class, "smallint",
          Short.class, "smallint",
          boolean.class, "boolean",
          Boolean.class, "boolean",
          double.class, "double precision",
          OffsetDateTime.class, "timestamp with time zone",
          LocalDate.class, "date",
          LocalTime.class, "time without time zone");

  private MappedModels() {}

  /** Every entity class of this module. */
  static List<Class<?>> entities() {
    return classes().stream().filter(type -> type.isAnnotationPresent(Entity.class)).toList();
  }

  /** Every class of this module. */
  static List<Class<?>> classes() {
    try {
      var root =
          Path.of(Identified.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (var files = Files.walk(root)) {
        return files
            .map(file -> root.relativize(file).toString())
            .filter(file -> file.endsWith(".class"))
            .map(file -> file.substring(0, file.length() - 6).replace('/', '.'))
            .<Class<?>>map(MappedModels::load)
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, MappedModels.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  static String label(Class<?> entity) {
    String[] packages = entity.getPackageName().split("\\.");
    return packages[packages.length - 1] + "." + entity.getSimpleName().toLowerCase(Locale.ROOT);
  }

  static PortalModel model(Class<?> entity) {
    var table = entity.getAnnotation(Table.class);
    var parent = entity.getSuperclass();
    boolean extended = parent.isAnnotationPresent(Entity.class);
    return new PortalModel(
        label(entity),
        table.name(),
        extended
            ? entity.getAnnotation(PrimaryKeyJoinColumn.class).name()
            : attributes(entity)
                .filter(isA(Id.class))
                .map(id -> id.getAnnotation(Column.class).name())
                .findFirst()
                .orElseThrow(),
        extended ? List.of(label(parent)) : List.of(),
        fields(entity),
        attributes(entity).filter(isA(ManyToMany.class)).map(MappedModels::relation).toList(),
        Arrays.stream(table.uniqueConstraints())
            .map(constraint -> List.of(constraint.columnNames()))
            .toList());
  }

  /** What it declares itself and what mapped superclasses declare, these first. */
  static Stream<Field> attributes(Class<?> type) {
    var inherited =
        type == Object.class || type.getSuperclass().isAnnotationPresent(Entity.class)
            ? Stream.<Field>empty()
            : attributes(type.getSuperclass());
    return Stream.concat(inherited, Arrays.stream(type.getDeclaredFields()))
        .filter(field -> field.getAnnotations().length > 0);
  }

  private static Predicate<Field> isA(Class<? extends Annotation> annotation) {
    return field -> field.isAnnotationPresent(annotation);
  }

  private static List<PortalModel.Field> fields(Class<?> entity) {
    Object fresh = fresh(entity);
    var fields =
        attributes(entity)
            .filter(isA(ManyToMany.class).or(isA(OneToMany.class)).or(isA(Id.class)).negate())
            .map(attribute -> field(attribute, fresh))
            .toList();
    var order = entity.getAnnotation(JsonbPropertyOrder.class);
    if (order == null) {
      return fields;
    }
    Map<String, PortalModel.Field> byName =
        fields.stream().collect(toMap(PortalModel.Field::name, Function.identity()));
    var ordered = new ArrayList<PortalModel.Field>();
    for (String name : order.value()) {
      ordered.add(byName.remove(name));
    }
    ordered.addAll(byName.values());
    return ordered;
  }

  private static PortalModel.Field field(Field attribute, Object fresh) {
    Object initial = initial(attribute, fresh);
    if (attribute.isAnnotationPresent(ManyToOne.class)) {
      var column = attribute.getAnnotation(JoinColumn.class);
      return new PortalModel.Field(
          column.name().replaceFirst("_id$", ""),
          column.name(),
          "integer",
          column.nullable(),
          column.unique(),
          null,
          initial,
          label(attribute.getType()),
          isOwned(attribute),
          false);
    }
    var column = attribute.getAnnotation(Column.class);
    String name = column.name().replace("\"", "");
    return new PortalModel.Field(
        name,
        name,
        type(attribute.getType(), column),
        column.nullable(),
        column.unique(),
        choices(attribute.getType()),
        initial,
        null,
        false,
        attribute.getType() == OffsetDateTime.class && !column.updatable());
  }

  /** Whether the target has an inverse side that removes the objects that refer to it. */
  private static boolean isOwned(Field reference) {
    return attributes(reference.getType())
        .filter(isA(OneToMany.class))
        .filter(inverse -> target(inverse) == reference.getDeclaringClass())
        .map(inverse -> inverse.getAnnotation(OneToMany.class))
        .anyMatch(
            inverse ->
                inverse.mappedBy().equals(reference.getName())
                    && List.of(inverse.cascade()).contains(CascadeType.REMOVE));
  }

  private static String type(Class<?> type, Column column) {
    if (!column.columnDefinition().isEmpty()) {
      return column.columnDefinition();
    }
    if (type == String.class || type.isEnum()) {
      return "character varying(" + column.length() + ")";
    }
    return SQL_TYPES.get(type);
  }

  private static List<String> choices(Class<?> type) {
    return type.isEnum()
        ? Arrays.stream(type.getEnumConstants()).map(choice -> ((Choice) choice).text()).toList()
        : null;
  }

  private static Object fresh(Class<?> entity) {
    try {
      return entity.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + label(entity), e);
    }
  }

  private static Object initial(Field attribute, Object fresh) {
    Object value = read(attribute, fresh);
    if (value instanceof Choice choice) {
      return choice.text();
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    return value instanceof OffsetDateTime ? PortalModel.Field.NOW : value;
  }

  static Object read(Field attribute, Object entity) {
    try {
      attribute.setAccessible(true);
      return attribute.get(entity);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Relation relation(Field attribute) {
    var table = attribute.getAnnotation(JoinTable.class);
    var name = attribute.getAnnotation(JsonbProperty.class);
    var order = attribute.getAnnotation(OrderBy.class);
    var target = target(attribute);
    return new Relation(
        name == null ? snakeCase(attribute.getName()) : name.value(),
        label(target),
        table.name(),
        table.joinColumns()[0].name(),
        table.inverseJoinColumns()[0].name(),
        order == null ? List.of() : ordering(target, order.value()));
  }

  static Class<?> target(Field list) {
    return (Class<?>) ((ParameterizedType) list.getGenericType()).getActualTypeArguments()[0];
  }

  /** A reference in an order stands for the columns that are unique together in its target. */
  private static List<String> ordering(Class<?> target, String attributes) {
    return Arrays.stream(attributes.split(", "))
        .map(name -> attributes(target).filter(a -> a.getName().equals(name)).findFirst())
        .map(attribute -> attribute.orElseThrow())
        .flatMap(
            attribute ->
                attribute.isAnnotationPresent(ManyToOne.class)
                    ? model(attribute.getType()).unique().get(0).stream()
                        .map(column -> snakeCase(attribute.getName()) + "__" + column)
                    : Stream.of(snakeCase(attribute.getName())))
        .toList();
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
