package org.aerpaw.portal.backup.model;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Basic;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Transient;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.aerpaw.portal.backup.model.column.ColumnType;
import org.aerpaw.portal.backup.model.column.ColumnTypes;
import org.aerpaw.portal.backup.model.column.TextColumn;
import org.aerpaw.portal.backup.model.column.TimestampColumn;

/** An attribute of an entity with its annotations and the defaults of Jakarta Persistence. */
record EntityAttribute(Field member) {

  private static final Set<Class<? extends Annotation>> ASSOCIATIONS =
      Set.of(ManyToOne.class, OneToOne.class, ManyToMany.class, OneToMany.class);

  /** The persistent attributes that a class itself declares, in the order of the source. */
  static List<EntityAttribute> declaredBy(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields())
        .map(EntityAttribute::new)
        .filter(EntityAttribute::isPersistent)
        .toList();
  }

  String name() {
    return member.getName();
  }

  <A extends Annotation> Optional<A> get(Class<A> annotation) {
    return Optional.ofNullable(member.getAnnotation(annotation));
  }

  boolean has(Class<? extends Annotation> annotation) {
    return member.isAnnotationPresent(annotation);
  }

  boolean isKey() {
    return has(Id.class);
  }

  boolean isReference() {
    return has(ManyToOne.class) || has(OneToOne.class) && !isInverse();
  }

  boolean isList() {
    return has(ManyToMany.class) && !isInverse();
  }

  /** Whether this is the inverse side of an association. */
  boolean isInverse() {
    return get(OneToOne.class).map(OneToOne::mappedBy).filter(by -> !by.isEmpty()).isPresent()
        || get(OneToMany.class).map(OneToMany::mappedBy).filter(by -> !by.isEmpty()).isPresent()
        || get(ManyToMany.class).map(ManyToMany::mappedBy).filter(by -> !by.isEmpty()).isPresent();
  }

  /**
   * Whether this is the inverse side of an entity's reference, and removing the object that has
   * this attribute also removes the entities that refer to that object.
   */
  boolean cascadesRemovalTo(Class<?> entity, EntityAttribute reference) {
    boolean toMany =
        get(OneToMany.class)
            .filter(list -> list.mappedBy().equals(reference.name()))
            .filter(list -> list.orphanRemoval() || removes(list.cascade()))
            .isPresent();
    boolean toOne =
        get(OneToOne.class)
            .filter(one -> one.mappedBy().equals(reference.name()))
            .filter(one -> one.orphanRemoval() || removes(one.cascade()))
            .isPresent();
    return (toMany || toOne) && target() == entity;
  }

  /** Whether the definition of the foreign key says that a row is deleted with its target. */
  boolean isDeletedWithTarget() {
    return get(JoinColumn.class)
        .map(column -> column.foreignKey().foreignKeyDefinition().toUpperCase(Locale.ROOT))
        .filter(definition -> definition.contains("ON DELETE CASCADE"))
        .isPresent();
  }

  private static boolean removes(CascadeType[] cascade) {
    return List.of(cascade).contains(CascadeType.REMOVE)
        || List.of(cascade).contains(CascadeType.ALL);
  }

  /** Whether this is a timestamp that is written once, when the object is created. */
  boolean isCreationTime() {
    return isBasic()
        && column().type() instanceof TimestampColumn
        && !get(jakarta.persistence.Column.class)
            .map(jakarta.persistence.Column::updatable)
            .orElse(true);
  }

  /** Whether this is a value in a column. */
  boolean isBasic() {
    return ASSOCIATIONS.stream().noneMatch(this::has);
  }

  /** The entity that a reference refers to or a list contains. */
  Class<?> target() {
    if (!isList() && !has(OneToMany.class)) {
      return member.getType();
    }
    if (member.getGenericType() instanceof ParameterizedType list
        && list.getActualTypeArguments()[0] instanceof Class<?> item) {
      return item;
    }
    throw new MappingException(this + ": a list must declare the type of its items");
  }

  boolean isNullable() {
    return !member.getType().isPrimitive()
        && get(jakarta.persistence.Column.class)
            .map(jakarta.persistence.Column::nullable)
            .orElse(true)
        && get(Basic.class).map(Basic::optional).orElse(true)
        && get(JoinColumn.class).map(JoinColumn::nullable).orElse(true)
        && get(ManyToOne.class).map(ManyToOne::optional).orElse(true)
        && get(OneToOne.class).map(OneToOne::optional).orElse(true);
  }

  boolean isUnique() {
    return has(OneToOne.class)
        || get(jakarta.persistence.Column.class)
            .map(jakarta.persistence.Column::unique)
            .orElse(false)
        || get(JoinColumn.class).map(JoinColumn::unique).orElse(false);
  }

  /** The column of a value or a key. */
  Column column() {
    var column = get(jakarta.persistence.Column.class);
    String name =
        column
            .map(jakarta.persistence.Column::name)
            .filter(given -> !given.isEmpty())
            .orElse(name());
    return new Column(databaseName(name), columnType(column));
  }

  /** The foreign key column of a reference. */
  Column joinColumn(Column targetKey) {
    String name =
        get(JoinColumn.class)
            .map(JoinColumn::name)
            .filter(given -> !given.isEmpty())
            .orElse(name() + "_" + targetKey.name());
    return new Column(databaseName(name), targetKey.type());
  }

  /** The name in fixtures: that of {@link JsonbProperty}, otherwise the default. */
  String fixtureName(String defaultName) {
    return get(JsonbProperty.class)
        .map(JsonbProperty::value)
        .filter(given -> !given.isEmpty())
        .orElse(defaultName);
  }

  /** The value of the column of a new object, of the Java type of its {@link ColumnType}. */
  Object columnValue(Object entity) {
    try {
      member.setAccessible(true);
      return toColumnValue(member.get(entity));
    } catch (ReflectiveOperationException e) {
      throw new MappingException("cannot read the initial value of " + this, e);
    }
  }

  @Override
  public String toString() {
    return member.getDeclaringClass().getName() + "." + member.getName();
  }

  /** The name in PostgreSQL: unchanged if quoted, otherwise in lower case. */
  static String databaseName(String name) {
    boolean quoted = name.length() > 1 && (name.startsWith("\"") && name.endsWith("\""));
    return quoted ? name.substring(1, name.length() - 1) : name.toLowerCase(Locale.ROOT);
  }

  private boolean isPersistent() {
    int modifiers = member.getModifiers();
    return !Modifier.isStatic(modifiers)
        && !Modifier.isTransient(modifiers)
        && !member.isSynthetic()
        && !has(Transient.class);
  }

  private ColumnType columnType(Optional<jakarta.persistence.Column> column) {
    Class<?> javaType = storedType();
    ColumnType type =
        ColumnTypes.of(javaType)
            .orElseThrow(
                () -> new MappingException(this + ": not supported: " + javaType.getTypeName()));
    boolean unlimited =
        has(Lob.class)
            || column
                .map(jakarta.persistence.Column::columnDefinition)
                .filter("text"::equalsIgnoreCase)
                .isPresent();
    if (type instanceof TextColumn && !unlimited) {
      return new TextColumn(column.map(jakarta.persistence.Column::length).orElse(255));
    }
    return type;
  }

  private Class<?> storedType() {
    if (converter().isPresent()) {
      return Arrays.stream(converter().get().getClass().getMethods())
          .filter(
              method -> method.getName().equals("convertToDatabaseColumn") && !method.isBridge())
          .map(Method::getReturnType)
          .findFirst()
          .orElseThrow();
    }
    if (!member.getType().isEnum()) {
      return member.getType();
    }
    var enumerated =
        get(Enumerated.class)
            .orElseThrow(
                () ->
                    new MappingException(this + ": an enumeration needs @Convert or @Enumerated"));
    return enumerated.value() == EnumType.STRING ? String.class : Integer.class;
  }

  private Object toColumnValue(Object value) {
    Object stored = value;
    if (converter().isPresent()) {
      stored = converter().get().convertToDatabaseColumn(value);
    } else if (value instanceof Enum<?> constant) {
      stored =
          get(Enumerated.class).get().value() == EnumType.STRING
              ? constant.name()
              : (Object) constant.ordinal();
    }
    if (stored instanceof Integer || stored instanceof Short) {
      return ((Number) stored).longValue();
    }
    return stored instanceof OffsetDateTime time ? time.toInstant() : stored;
  }

  /**
   * The converter of {@link Convert}, otherwise an auto-applied one that is a member of the type.
   */
  private Optional<AttributeConverter<Object, Object>> converter() {
    return get(Convert.class)
        .<Class<?>>map(Convert::converter)
        .or(
            () ->
                Arrays.stream(member.getType().getDeclaredClasses())
                    .filter(EntityAttribute::isAutoApplied)
                    .findFirst())
        .map(this::newConverter);
  }

  private static boolean isAutoApplied(Class<?> type) {
    var converter = type.getAnnotation(Converter.class);
    return converter != null && converter.autoApply();
  }

  @SuppressWarnings("unchecked")
  private AttributeConverter<Object, Object> newConverter(Class<?> type) {
    try {
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return (AttributeConverter<Object, Object>) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new MappingException(this + ": its converter cannot be created", e);
    }
  }
}
