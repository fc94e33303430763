package org.aerpaw.portal.domain;

import static java.util.stream.Collectors.toSet;
import static org.aerpaw.portal.domain.PortalDatabase.inTransaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.metamodel.EntityType;
import jakarta.validation.ConstraintViolationException;
import java.lang.reflect.Field;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.aerpaw.portal.domain.auth.Group;
import org.aerpaw.portal.domain.auth.Permission;
import org.aerpaw.portal.domain.experiment_files.ExperimentFile;
import org.aerpaw.portal.domain.experiment_files.FileType;
import org.aerpaw.portal.domain.experiment_info.AerpawSite;
import org.aerpaw.portal.domain.experiment_info.ExperimentFormData;
import org.aerpaw.portal.domain.experiment_info.ExperimentLocation;
import org.aerpaw.portal.domain.experiment_info.FieldTrip;
import org.aerpaw.portal.domain.experiments.AerpawExperiment;
import org.aerpaw.portal.domain.experiments.OnDemandSession;
import org.aerpaw.portal.domain.experiments.ScheduledSession;
import org.aerpaw.portal.domain.projects.AerpawProject;
import org.aerpaw.portal.domain.projects.UserProject;
import org.aerpaw.portal.domain.resources.AerpawResource;
import org.aerpaw.portal.domain.users.AerpawUser;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EntitiesPersistTest {

  private static TestDatabase database;
  private static EntityManagerFactory factory;

  @BeforeAll
  static void open() {
    database = PortalDatabase.migrated();
    factory = PortalDatabase.open(database);
  }

  @AfterAll
  static void close() {
    factory.close();
    database.close();
  }

  @Test
  void unitHoldsEveryEntity() {
    assertThat(factory.getMetamodel().getEntities().stream().<Class<?>>map(EntityType::getJavaType))
        .containsExactlyInAnyOrderElementsOf(MappedModels.entities());
  }

  @Test
  void unitNamesTheAppsThatADumpLeavesOut() {
    assertThat(factory.getProperties())
        .containsEntry("portal.dumpdata.left-out", "auth contenttypes");
  }

  @ParameterizedTest
  @MethodSource("entities")
  void entityIsReadAsItWasWritten(Class<?> type) {
    Object written = persisted(type);

    read(type, key(written), found -> assertThat(state(found)).isEqualTo(state(written)));
  }

  @Test
  void timestampKeepsItsMicroseconds() {
    var exact = OffsetDateTime.parse("2021-11-07T01:30:00.000001-04:00");
    int key =
        inTransaction(
            factory,
            entities -> {
              var user = new Samples(entities).persist(AerpawUser.class);
              user.setDateJoined(exact);
              entities.flush();
              return user.getId();
            });

    assertThat(
            text("SELECT date_joined AT TIME ZONE 'UTC' FROM users_aerpawuser WHERE id = " + key))
        .isEqualTo("2021-11-07 05:30:00.000001");
    read(AerpawUser.class, key, user -> assertThat(user.getDateJoined()).isEqualTo(exact));
  }

  @ParameterizedTest
  @MethodSource("entities")
  void choiceIsHeldAsThePortalsText(Class<?> type) {
    var model = MappedModels.model(type);
    Object key = key(persisted(type));

    model.fields().stream()
        .filter(field -> field.choices() != null)
        .forEach(
            field ->
                assertThat(
                        text(
                            "SELECT %s FROM %s WHERE %s = %s"
                                .formatted(field.column(), model.table(), model.key(), key)))
                    .as(field.name())
                    .isIn(field.choices()));
  }

  @Test
  void emptyTextIsALocationThatWasNotChosen() {
    int key = persisted(ExperimentFormData.class).getId();
    database.execute(
        "UPDATE experiment_info_experimentformdata SET location = '' WHERE id = " + key);

    read(
        ExperimentFormData.class,
        key,
        form -> assertThat(form.getLocation()).isEqualTo(ExperimentLocation.NONE));
  }

  @Test
  void choiceCanBeNullWhereTheColumnAllowsIt() {
    int key = persisted(FieldTrip.class).getId();
    database.execute("UPDATE experiment_info_fieldtrip SET site = NULL WHERE id = " + key);

    read(FieldTrip.class, key, trip -> assertThat(trip.getSite()).isNull());
    inTransaction(
        factory,
        entities -> {
          entities.find(FieldTrip.class, key).setSite(AerpawSite.LAKE_WHEELER);
          return null;
        });
    assertThat(text("SELECT site FROM experiment_info_fieldtrip WHERE id = " + key))
        .isEqualTo("LAKE_WHEELER");
  }

  @Test
  void unknownChoiceIsAnErrorThatNamesTheEnum() {
    int key = persisted(AerpawResource.class).getId();
    database.execute(
        "UPDATE resources_aerpawresource SET resource_type = 'ROVER' WHERE id = " + key);

    assertThatThrownBy(() -> read(AerpawResource.class, key, found -> {}))
        .hasStackTraceContaining(
            "cannot read org.aerpaw.portal.domain.resources.ResourceType from a text column: no choice \"ROVER\"");
  }

  @Test
  void mixedCaseColumnsAreWritten() {
    int key =
        inTransaction(
            factory,
            entities -> {
              var trip = new FieldTrip();
              trip.setLams((short) 3);
              trip.setSams((short) 4);
              entities.persist(trip);
              entities.flush();
              return trip.getId();
            });

    assertThat(
            text(
                "SELECT \"LAMs\" || ' ' || \"SAMs\" FROM experiment_info_fieldtrip WHERE id = "
                    + key))
        .isEqualTo("3 4");
  }

  @Test
  void scheduledSessionIsOneRowInEachTable() {
    var onDemand = persisted(OnDemandSession.class);
    var scheduled = persisted(ScheduledSession.class);
    var keys = List.of(onDemand.getId(), scheduled.getId());

    assertThat(
            text(
                "SELECT count(*) FROM experiments_ondemandsession WHERE id IN (%d, %d)"
                    .formatted(keys.toArray())))
        .isEqualTo("2");
    assertThat(
            text(
                "SELECT count(*) FROM experiments_scheduledsession WHERE ondemandsession_ptr_id IN (%d, %d)"
                    .formatted(keys.toArray())))
        .isEqualTo("1");
    try (var entities = factory.createEntityManager()) {
      assertThat(
              entities
                  .createQuery(
                      "SELECT s FROM OnDemandSession s WHERE s.id IN :keys ORDER BY s.id",
                      OnDemandSession.class)
                  .setParameter("keys", keys)
                  .getResultList())
          .hasExactlyElementsOfTypes(OnDemandSession.class, ScheduledSession.class);
      assertThat(
              entities
                  .createQuery(
                      "SELECT s.uuid FROM ScheduledSession s WHERE s.id IN :keys", String.class)
                  .setParameter("keys", keys)
                  .getResultList())
          .containsExactly(scheduled.getUuid());
      assertThat(entities.find(ScheduledSession.class, onDemand.getId())).isNull();
    }
  }

  @Test
  void scheduledSessionIsRemovedFromBothTables() {
    int key = persisted(ScheduledSession.class).getId();

    inTransaction(
        factory,
        entities -> {
          entities.remove(entities.find(OnDemandSession.class, key));
          return null;
        });

    assertThat(text("SELECT count(*) FROM experiments_ondemandsession WHERE id = " + key))
        .isEqualTo("0");
  }

  @Test
  void listOfUsersIsOrderedByDisplayName() {
    int key =
        inTransaction(
            factory,
            entities -> {
              var samples = new Samples(entities);
              var trip = samples.persist(FieldTrip.class);
              trip.getApOperators().clear();
              for (String name : List.of("Zoe", "Adam", "Mia")) {
                var user = samples.persist(AerpawUser.class);
                user.setDisplayName(name);
                trip.getApOperators().add(user);
              }
              entities.flush();
              return trip.getId();
            });

    read(
        FieldTrip.class,
        key,
        trip ->
            assertThat(trip.getApOperators())
                .extracting(AerpawUser::getDisplayName)
                .containsExactly("Adam", "Mia", "Zoe"));
  }

  @Test
  void listOfFilesIsOrderedByTypeAndName() {
    int key =
        inTransaction(
            factory,
            entities -> {
              var samples = new Samples(entities);
              var experiment = samples.persist(AerpawExperiment.class);
              experiment.getExperimentFiles().clear();
              for (var type : List.of(FileType.OVPN, FileType.IP_LIST)) {
                for (String name : List.of("b", "a")) {
                  var file = samples.persist(ExperimentFile.class);
                  file.setFileType(type);
                  file.setFileName(name);
                  experiment.getExperimentFiles().add(file);
                }
              }
              entities.flush();
              return experiment.getId();
            });

    read(
        AerpawExperiment.class,
        key,
        experiment ->
            assertThat(experiment.getExperimentFiles())
                .extracting(file -> file.getFileType() + " " + file.getFileName())
                .containsExactly("IP_LIST a", "IP_LIST b", "OVPN a", "OVPN b"));
  }

  @Test
  void permissionsOfAGroupAreThoseTheMigrationMade() {
    int key =
        inTransaction(
            factory,
            entities -> {
              var group = new Group();
              group.setName("observer");
              group
                  .getPermissions()
                  .addAll(
                      entities
                          .createQuery(
                              "SELECT p FROM Permission p WHERE p.contentType.model = 'fieldtrip' ORDER BY p.id DESC",
                              Permission.class)
                          .getResultList());
              entities.persist(group);
              entities.flush();
              return group.getId();
            });

    read(
        Group.class,
        key,
        group ->
            assertThat(group.getPermissions())
                .extracting(Permission::getCodename)
                .containsExactly(
                    "add_fieldtrip", "change_fieldtrip", "delete_fieldtrip", "view_fieldtrip"));
  }

  @Test
  void membershipsAreTheOtherSideOfTheirProject() {
    var membership = persisted(UserProject.class);

    read(
        AerpawProject.class,
        membership.getProject().getId(),
        project ->
            assertThat(project.getMemberships())
                .extracting(UserProject::getId)
                .containsExactly(membership.getId()));
  }

  @Test
  void savingStampsCreatedOnceAndModifiedAlways() {
    var written = persisted(AerpawProject.class);

    inTransaction(
        factory,
        entities -> {
          entities.find(AerpawProject.class, written.getId()).setName("another");
          return null;
        });

    read(
        AerpawProject.class,
        written.getId(),
        project -> {
          assertThat(project.getCreated()).isEqualTo(written.getCreated());
          assertThat(project.getModified()).isAfter(written.getModified());
        });
  }

  @Test
  void textThatIsTooLongIsRefusedBeforeItIsWritten() {
    assertThat(refused(resource -> resource.setName("x".repeat(256)))).containsExactly("name");
  }

  @Test
  void nullIsRefusedWhereTheColumnForbidsIt() {
    assertThat(refused(resource -> resource.setResourceMode(null))).containsExactly("resourceMode");
  }

  static List<Class<?>> entities() {
    return MappedModels.entities();
  }

  private static <T> T persisted(Class<T> type) {
    return inTransaction(factory, entities -> new Samples(entities).persist(type));
  }

  private static Object key(Object entity) {
    return factory.getPersistenceUnitUtil().getIdentifier(entity);
  }

  /** What its columns and lists hold: keys for references, sets of keys for lists. */
  private static Map<String, Object> state(Object entity) {
    var state = new TreeMap<String, Object>();
    for (Field attribute : Samples.attributes(entity.getClass()).toList()) {
      Object value = MappedModels.read(attribute, entity);
      if (value instanceof Collection<?> targets) {
        value = targets.stream().map(EntitiesPersistTest::key).collect(toSet());
      } else if (attribute.isAnnotationPresent(ManyToOne.class)) {
        value = key(value);
      } else if (value instanceof OffsetDateTime time) {
        value = time.toInstant();
      }
      state.put(attribute.getName(), value);
    }
    return state;
  }

  /** Looks at an entity as the database has it. */
  private static <T> void read(Class<T> type, Object key, Consumer<T> look) {
    try (var entities = factory.createEntityManager()) {
      look.accept(entities.find(type, key));
    }
  }

  /** The attributes that validation refuses after a change to a valid resource. */
  private static List<String> refused(Consumer<AerpawResource> change) {
    try (var entities = factory.createEntityManager()) {
      entities.getTransaction().begin();
      var resource = new Samples(entities).persist(AerpawResource.class);
      entities.flush();
      change.accept(resource);
      try {
        entities.flush();
        return List.of();
      } catch (ConstraintViolationException e) {
        return e.getConstraintViolations().stream()
            .map(violation -> violation.getPropertyPath().toString())
            .toList();
      } finally {
        entities.getTransaction().rollback();
      }
    }
  }

  private static String text(String sql) {
    try (var entities = factory.createEntityManager()) {
      return entities.createNativeQuery(sql).getSingleResult().toString();
    }
  }
}
