package org.aerpaw.portal.backup.model;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.EntityType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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

  /**
   * The property of the persistence unit with parts of the names of secret fields, such as {@code
   * token}, separated by spaces.
   */
  public static final String SECRET_FIELDS_PROPERTY = "portal.secret-fields";

  /** Those of a persistence unit without the property. */
  private static final Set<String> DEFAULT_SECRET_FIELDS =
      Set.of("password", "token", "credential", "secret");

  private final Map<String, Model> models;
  private final Set<String> excludedByDefault;
  private final Set<String> secretFields;

  private ModelRegistry(
      List<Model> models, Set<String> excludedByDefault, Set<String> secretFields) {
    this.models =
        models.stream()
            .collect(
                Collectors.toMap(
                    Model::label,
                    Function.identity(),
                    ModelRegistry::rejectDuplicate,
                    LinkedHashMap::new));
    this.excludedByDefault = Set.copyOf(excludedByDefault);
    this.secretFields = Set.copyOf(secretFields);
  }

  /**
   * Reads the entities of a persistence unit.
   *
   * @throws MappingException if the mapping of an entity is not supported
   */
  public static ModelRegistry of(EntityManagerFactory unit) {
    var entities = unit.getMetamodel().getEntities().stream().map(EntityType::getJavaType).toList();
    return new ModelRegistry(
        new EntityModelReader(entities).models(),
        words(unit, EXCLUDED_APPS_PROPERTY).orElse(Set.of()),
        words(unit, SECRET_FIELDS_PROPERTY).orElse(DEFAULT_SECRET_FIELDS));
  }

  /** The words of a property of a persistence unit; empty if it has none. */
  private static Optional<Set<String>> words(EntityManagerFactory unit, String property) {
    return Optional.ofNullable((String) unit.getProperties().get(property))
        .filter(value -> !value.isBlank())
        .map(value -> Set.of(value.trim().split("\\s+")));
  }

  /**
   * Reads entities.
   *
   * @param excludedByDefault the apps that a dump excludes by default
   * @throws MappingException if the mapping of an entity is not supported
   */
  public static ModelRegistry of(
      Collection<? extends Class<?>> entities, Set<String> excludedByDefault) {
    return new ModelRegistry(
        new EntityModelReader(entities).models(), excludedByDefault, DEFAULT_SECRET_FIELDS);
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

  /**
   * The models that names of apps and labels of models stand for, in the order of the names.
   *
   * @param problems receives a sentence for each unknown name
   */
  public Set<Model> resolve(Collection<String> names, Consumer<String> problems) {
    Set<Model> resolved = new LinkedHashSet<>();
    for (String name : names) {
      boolean isLabel = name.contains(".");
      List<Model> found = isLabel ? find(name).stream().toList() : models(name);
      if (found.isEmpty()) {
        problems.accept((isLabel ? "unknown model: " : "unknown app: ") + name);
      }
      resolved.addAll(found);
    }
    return resolved;
  }

  /** Whether the values of fields with this name must never be shown. */
  public boolean isSecret(String field) {
    return secretFields.stream().anyMatch(field::contains);
  }

  /** Finds a model by its label, ignoring case. */
  public Optional<Model> find(String label) {
    return Optional.ofNullable(models.get(label.toLowerCase(Locale.ROOT)));
  }

  private static Model rejectDuplicate(Model one, Model other) {
    throw new MappingException("two entities have the label " + one.label());
  }
}
