package org.aerpaw.portal.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import java.lang.reflect.Field;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Entities with a value in every column, a target in every reference, and two targets in every
 * list.
 */
final class Samples {

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final EntityManager entities;

  Samples(EntityManager entities) {
    this.entities = entities;
  }

  /** A new entity, persisted together with all it refers to. */
  <T> T persist(Class<T> type) {
    T entity = withReferences(type);
    attributes(type)
        .filter(attribute -> attribute.isAnnotationPresent(ManyToMany.class))
        .forEach(list -> fill(list, entity));
    entities.persist(entity);
    return entity;
  }

  private void fill(Field list, Object entity) {
    @SuppressWarnings("unchecked")
    var targets = (List<Object>) MappedModels.read(list, entity);
    for (int i = 0; i < 2; i++) {
      Object target = withReferences(MappedModels.target(list));
      entities.persist(target);
      targets.add(target);
    }
  }

  private <T> T withReferences(Class<T> type) {
    try {
      T entity = type.getConstructor().newInstance();
      for (Field attribute : attributes(type).toList()) {
        attribute.setAccessible(true);
        if (attribute.isAnnotationPresent(ManyToOne.class)) {
          Object target = withReferences(attribute.getType());
          entities.persist(target);
          attribute.set(entity, target);
        } else if (attribute.isAnnotationPresent(Column.class)) {
          attribute.set(entity, value(attribute));
        }
      }
      return entity;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a sample of " + type, e);
    }
  }

  /** All attributes but keys and inverse sides, those of parent entities too. */
  static Stream<Field> attributes(Class<?> type) {
    var parent = type.getSuperclass();
    var inherited =
        parent.isAnnotationPresent(Entity.class) ? attributes(parent) : Stream.<Field>empty();
    return Stream.concat(inherited, MappedModels.attributes(type))
        .filter(attribute -> !attribute.isAnnotationPresent(Id.class))
        .filter(attribute -> !attribute.isAnnotationPresent(OneToMany.class));
  }

  private static Object value(Field attribute) {
    int number = COUNTER.incrementAndGet();
    Class<?> type = attribute.getType();
    if (type.isEnum()) {
      return type.getEnumConstants()[number % type.getEnumConstants().length];
    }
    if (type == String.class) {
      return text(number, attribute.getAnnotation(Column.class).length());
    }
    if (type == int.class || type == Integer.class) {
      return Integer.MAX_VALUE - number;
    }
    if (type == short.class || type == Short.class) {
      return (short) (Short.MIN_VALUE + number % 1000);
    }
    if (type == boolean.class || type == Boolean.class) {
      return number % 2 == 0;
    }
    if (type == double.class) {
      return number + 0.1;
    }
    if (type == OffsetDateTime.class) {
      return OffsetDateTime.parse("2021-10-31T00:59:59.123456Z").plusMinutes(number);
    }
    if (type == LocalDate.class) {
      return LocalDate.of(2024, 2, 29).plusDays(number);
    }
    if (type == LocalTime.class) {
      return LocalTime.parse("23:59:59.999999").minusSeconds(number);
    }
    throw new IllegalArgumentException("no sample for " + attribute);
  }

  /** As long as the column takes, and beyond ASCII. */
  private static String text(int number, int length) {
    String end = Integer.toString(number);
    end = end.substring(Math.max(0, end.length() - length));
    return "é".repeat(length - end.length()) + end;
  }
}
