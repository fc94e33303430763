package org.aerpaw.portal.backup.model;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.EntityType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All models, read off JPA entities: apps by name, the models of an app in the order in which they
 * are dumped. Immutable.
 */
public final class ModelRegistry {

  /**
   * The persistence unit's property that names the apps a dump leaves out unless they are asked
   * for; separated by blanks.
   */
  public static final String LEFT_OUT_PROPERTY = "portal.dumpdata.left-out";

  private final Map<String, Model> models;
  private final Set<String> excludedByDefault;

  private ModelRegistry(List<Model> models, Set<String> excludedByDefault) {
    this.models =
        models.stream()
            .collect(
                Collectors.toMap(
                    Model::label,
                    Function.identity(),
                    ModelRegistry::refuseTwins,
                    LinkedHashMap::new));
    this.excludedByDefault = Set.copyOf(excludedByDefault);
  }

  /**
   * Reads the entities of a persistence unit.
   *
   * @throws MappingException if an entity is mapped in a way that a fixture cannot express
   */
  public static ModelRegistry of(EntityManagerFactory unit) {
    var entities = unit.getMetamodel().getEntities().stream().map(EntityType::getJavaType).toList();
    String excludedByDefault = (String) unit.getProperties().getOrDefault(LEFT_OUT_PROPERTY, "");
    return of(
        entities,
        Set.of(
            excludedByDefault.isBlank() ? new String[0] : excludedByDefault.trim().split("\\s+")));
  }

  /**
   * Reads entities.
   *
   * @param excludedByDefault the apps that a dump leaves out unless they are asked for
   * @throws MappingException if an entity is mapped in a way that a fixture cannot express
   */
  public static ModelRegistry of(
      Collection<? extends Class<?>> entities, Set<String> excludedByDefault) {
    return new ModelRegistry(new EntityModelReader(entities).models(), excludedByDefault);
  }

  /** By app and, within it, in the order in which they are dumped. */
  public Collection<Model> models() {
    return models.values();
  }

  /** Those of one app; none if there is no such app. */
  public List<Model> models(String app) {
    return models.values().stream().filter(model -> model.app().equals(app)).toList();
  }

  /** In the order of their names. */
  public List<String> apps() {
    return models.values().stream().map(Model::app).distinct().toList();
  }

  /** The apps that a dump takes unless it is told otherwise. */
  public List<String> dumpedApps() {
    return apps().stream().filter(app -> !excludedByDefault.contains(app)).toList();
  }

  /** Whether a dump leaves a model's app out unless it is asked for. */
  public boolean isLeftOut(Model model) {
    return excludedByDefault.contains(model.app());
  }

  /** The model with a label, written in any case. */
  public Optional<Model> find(String label) {
    return Optional.ofNullable(models.get(label.toLowerCase(Locale.ROOT)));
  }

  private static Model refuseTwins(Model one, Model other) {
    throw new MappingException("two entities have the label " + one.label());
  }
}
