package org.aerpaw.portal.domain;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Priority;
import jakarta.persistence.Column;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.lang.reflect.Field;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EntitiesMatchThePortalTest {

  @Test
  void everyModelIsAnEntityAndEveryEntityAModel() {
    assertThat(MappedModels.entities().stream().map(MappedModels::label))
        .containsExactlyInAnyOrderElementsOf(
            SpecifiedModels.all().stream().map(PortalModel::label).toList());
  }

  @ParameterizedTest
  @MethodSource("entities")
  void entitySaysWhatThePortalSays(Class<?> entity) {
    var specified =
        SpecifiedModels.all().stream()
            .filter(model -> model.label().equals(MappedModels.label(entity)))
            .findFirst();
    assertThat(specified).isPresent();

    assertThat(MappedModels.model(entity))
        .usingRecursiveComparison()
        .isEqualTo(specified.orElseThrow());
  }

  @Test
  void priorityOrdersTheModelsOfAnApp() {
    var mapped =
        MappedModels.entities().stream()
            .sorted(Comparator.comparing(EntitiesMatchThePortalTest::priority))
            .map(MappedModels::model)
            .collect(groupingBy(PortalModel::app, mapping(PortalModel::label, toList())));
    var specified =
        SpecifiedModels.all().stream()
            .collect(groupingBy(PortalModel::app, mapping(PortalModel::label, toList())));

    assertThat(mapped).isEqualTo(specified);
  }

  private static int priority(Class<?> entity) {
    var priority = entity.getAnnotation(Priority.class);
    return priority == null ? 0 : priority.value();
  }

  @ParameterizedTest
  @MethodSource("attributes")
  void validationAsksForNothingElseThanTheColumn(Field attribute) {
    var reference = attribute.getAnnotation(JoinColumn.class);
    var column = attribute.getAnnotation(Column.class);
    boolean nullable = reference == null ? column.nullable() : reference.nullable();
    boolean limited = attribute.getType() == String.class && column.columnDefinition().isEmpty();

    assertThat(attribute.isAnnotationPresent(NotNull.class))
        .isEqualTo(!nullable && !attribute.getType().isPrimitive());
    assertThat(attribute.isAnnotationPresent(Size.class)).isEqualTo(limited);
    if (limited) {
      assertThat(attribute.getAnnotation(Size.class).max()).isEqualTo(column.length());
    }
  }

  @ParameterizedTest
  @MethodSource("references")
  void referenceIsReadWhenItIsAskedFor(Field attribute) {
    var reference = attribute.getAnnotation(ManyToOne.class);

    assertThat(reference.fetch()).isEqualTo(FetchType.LAZY);
    assertThat(reference.optional())
        .isEqualTo(attribute.getAnnotation(JoinColumn.class).nullable());
  }

  static List<Class<?>> entities() {
    return MappedModels.entities();
  }

  static Stream<Field> attributes() {
    return MappedModels.entities().stream()
        .flatMap(MappedModels::attributes)
        .filter(
            attribute ->
                attribute.isAnnotationPresent(Column.class)
                    || attribute.isAnnotationPresent(ManyToOne.class))
        .filter(attribute -> !attribute.isAnnotationPresent(Id.class))
        .distinct();
  }

  static Stream<Field> references() {
    return attributes().filter(attribute -> attribute.isAnnotationPresent(ManyToOne.class));
  }
}
