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
 * All models of the JPA entities: apps sorted by name, the models of an app in dump order.
 * Immutable.
 */
public final class ModelRegistry {

  /**
   * The property of the persistence unit with the apps that a dump excludes by default, separated
   * by spaces.
   */
  public static final String EXCLUDED_APPS_PROPERTY = "portal.dumpdata.left-out";

  private final Map<String, Model> models;
  private final Set<String> excludedByDefault;

  private ModelRegistry(List<Model> models, Set<String> excludedByDefault) {
    this.models =
        models.stream()
            .collect(
                Collectors.toMap(
                    Model::label,
                    Function.identity(),
                    ModelRegistry::rejectDuplicate,
                    LinkedHashMap::new));
    this.excludedByDefault = Set.copyOf(excludedByDefault);
  }

  /**
   * Reads the entities of a persistence unit.
   *
   * @throws MappingException if the mapping of an entity is not supported
   */
  public static ModelRegistry of(EntityManagerFactory unit) {
    var entities = unit.getMetamodel().getEntities().stream().map(EntityType::getJavaType).toList();
    String excludedByDefault =
        (String) unit.getProperties().getOrDefault(EXCLUDED_APPS_PROPERTY, "");
    return of(
        entities,
        Set.of(
            excludedByDefault.isBlank() ? new String[0] : excludedByDefault.trim().split("\\s+")));
  }

  /**
   * Reads entities.
   *
   * @param excludedByDefault the apps that a dump excludes by default
   * @throws MappingException if the mapping of an entity is not supported
   */
  public static ModelRegistry of(
      Collection<? extends Class<?>> entities, Set<String> excludedByDefault) {
    return new ModelRegistry(new EntityModelReader(entities).models(), excludedByDefault);
  }

  /** All models in dump order. */
  public Collection<Model> models() {
    return models.values();
  }

  /** The models of an app; empty if there is no such app. */
  public List<Model> models(String app) {
    return models.values().stream().filter(model -> model.app().equals(app)).toList();
  }

  /** The apps, sorted by name. */
  public List<String> apps() {
    return models.values().stream().map(Model::app).distinct().toList();
  }

  /** The apps that a dump contains by default. */
  public List<String> dumpedApps() {
    return apps().stream().filter(app -> !excludedByDefault.contains(app)).toList();
  }

  /** Whether a dump excludes a model's app by default. */
  public boolean isExcludedByDefault(Model model) {
    return excludedByDefault.contains(model.app());
  }

  /** Finds a model by its label, ignoring case. */
  public Optional<Model> find(String label) {
    return Optional.ofNullable(models.get(label.toLowerCase(Locale.ROOT)));
  }

  private static Model rejectDuplicate(Model one, Model other) {
    throw new MappingException("two entities have the label " + one.label());
  }
}
