package org.aerpaw.portal.backup.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aerpaw.portal.backup.TestPortal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read off entities, and what is refused because a fixture has no form for it. */
class MappingTest {

  private static final String HERE = MappingTest.class.getName() + "$";

  @Entity
  static class Plain {
    @Id Long id;

    @Column(unique = true)
    String name;

    int size;
  }

  @Embeddable
  static class Address {
    String street;
  }

  @Entity
  static class WithEmbedded {
    @Id Long id;
    @Embedded Address address;
  }

  @Entity
  static class WithElements {
    @Id Long id;
    @ElementCollection List<String> names;
  }

  @Entity
  static class SingleTable {
    @Id Long id;
  }

  @Entity
  static class InItsParentsTable extends SingleTable {}

  record Pair(Long one, Long other) {}

  @Entity
  @IdClass(Pair.class)
  static class WithTwoKeys {
    @Id Long one;
    @Id Long other;
  }

  @Entity
  static class WithEmbeddedKey {
    @EmbeddedId Address id;
  }

  @Entity
  static class WithTextKey {
    @Id String id;
  }

  @Entity
  static class WithoutKey {
    String name;
  }

  @Entity
  static class WithDecimal {
    @Id Long id;
    BigDecimal price;
  }

  @Entity
  static class WithBytes {
    @Id Long id;
    byte[] image;
  }

  @Entity
  static class WithLocalTimestamp {
    @Id Long id;
    LocalDateTime moment;
  }

  enum Color {
    RED
  }

  @Entity
  static class WithBareEnumeration {
    @Id Long id;
    Color color;
  }

  @Entity
  static class WithListOfItsOwn {
    @Id Long id;
    @OneToMany List<Plain> plains;
  }

  @Entity
  static class WithoutJoinTable {
    @Id Long id;
    @ManyToMany List<Plain> plains;
  }

  @Entity
  @SuppressWarnings("rawtypes")
  static class WithRawList {
    @Id Long id;

    @ManyToMany(targetEntity = Plain.class)
    @JoinTable(joinColumns = @JoinColumn, inverseJoinColumns = @JoinColumn)
    List plains;
  }

  @Entity
  static class Unregistered {
    @Id Long id;
  }

  @Entity
  static class WithUnknownTarget {
    @Id Long id;
    @ManyToOne Unregistered other;
  }

  @Entity
  static class WithReferenceByName {
    @Id Long id;

    @ManyToOne
    @JoinColumn(referencedColumnName = "name")
    Plain plain;
  }

  @Entity
  static class OrderedByNothing {
    @Id Long id;

    @ManyToMany
    @JoinTable(joinColumns = @JoinColumn, inverseJoinColumns = @JoinColumn)
    @OrderBy("color")
    List<Plain> plains;
  }

  @Entity
  static class OrderedThroughText {
    @Id Long id;

    @ManyToMany
    @JoinTable(joinColumns = @JoinColumn, inverseJoinColumns = @JoinColumn)
    @OrderBy("name.size")
    List<Plain> plains;
  }

  @Entity
  @JsonbPropertyOrder({"name", "color"})
  static class WithOrderOfOthers {
    @Id Long id;
    String name;
  }

  @Entity
  @Table(uniqueConstraints = @UniqueConstraint(columnNames = {"name", "color"}))
  static class WithUniqueOfOthers {
    @Id Long id;
    String name;
  }

  @Entity
  static class WithTwins {
    @Id Long id;
    String plain;

    @ManyToOne
    @JoinColumn(name = "plain_id")
    Plain reference;
  }

  @Entity(name = "plain")
  static class Twin {
    @Id Long id;
  }

  static List<Arguments> refused() {
    return List.of(
        refusal("WithEmbedded.address: not supported: " + HERE + "Address", WithEmbedded.class),
        refusal("WithElements.names: not supported: java.util.List", WithElements.class),
        refusal(
            "SingleTable: only joined inheritance is supported",
            SingleTable.class,
            InItsParentsTable.class),
        refusal(
            "WithTwoKeys: the key must be one attribute with a whole number", WithTwoKeys.class),
        refusal(
            "WithEmbeddedKey: the key must be one attribute with a whole number",
            WithEmbeddedKey.class),
        refusal(
            "WithTextKey: the key must be one attribute with a whole number", WithTextKey.class),
        refusal("WithoutKey: the key must be one attribute with a whole number", WithoutKey.class),
        refusal("WithDecimal.price: not supported: java.math.BigDecimal", WithDecimal.class),
        refusal("WithBytes.image: not supported: byte[]", WithBytes.class),
        refusal(
            "WithLocalTimestamp.moment: not supported: java.time.LocalDateTime",
            WithLocalTimestamp.class),
        refusal(
            "WithBareEnumeration.color: an enumeration needs @Convert or @Enumerated",
            WithBareEnumeration.class),
        refusal(
            "WithListOfItsOwn.plains: this kind of association is not supported",
            WithListOfItsOwn.class,
            Plain.class),
        refusal(
            "WithoutJoinTable.plains: needs a @JoinTable with one column each way",
            WithoutJoinTable.class,
            Plain.class),
        refusal(
            "WithRawList.plains: a list must declare the type of its items",
            WithRawList.class,
            Plain.class),
        refusal(
            "WithUnknownTarget.other: " + HERE + "Unregistered is not a known entity",
            WithUnknownTarget.class),
        refusal(
            "WithReferenceByName.plain: references must be to the key",
            WithReferenceByName.class,
            Plain.class),
        refusal(
            "OrderedByNothing.plains: @OrderBy names no attribute: color",
            OrderedByNothing.class,
            Plain.class),
        refusal(
            "OrderedThroughText.plains: @OrderBy names no reference: name",
            OrderedThroughText.class,
            Plain.class),
        refusal(
            "WithOrderOfOthers: @JsonbPropertyOrder names no field: color",
            WithOrderOfOthers.class),
        refusal(
            "WithUniqueOfOthers: a unique constraint names no column: color",
            WithUniqueOfOthers.class),
        refusal(
            "WithTwins: two attributes have the field name plain", WithTwins.class, Plain.class));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void unsupportedMappingShouldBeRefusedByName(String message, List<Class<?>> entities) {
    assertThatThrownBy(() -> ModelRegistry.of(entities, Set.of()))
        .isInstanceOf(MappingException.class)
        .hasMessage(HERE + message);
  }

  @Test
  void twoEntitiesOfOneLabelShouldBeRefused() {
    assertThatThrownBy(() -> ModelRegistry.of(List.of(Plain.class, Twin.class), Set.of()))
        .isInstanceOf(MappingException.class)
        .hasMessage("two entities have the label model.plain");
  }

  @Entity
  static class Key {
    @Id Long id;
    @OneToOne Lock lock;
  }

  @Entity
  static class Lock {
    @Id Long id;
    @OneToOne Key key;
    @OneToOne Lock next;
  }

  @Test
  void objectsThatAreKnownByEachOtherShouldComeToAnEnd() {
    var registry = ModelRegistry.of(List.of(Key.class, Lock.class), Set.of());

    assertThat(registry.find("model.key").orElseThrow().naturalKey())
        .singleElement()
        .satisfies(
            path -> {
              assertThat(path.references()).extracting(Field::name).containsExactly("lock", "key");
              assertThat(path.column().name()).isEqualTo("lock_id");
            });
  }

  /** D34: these are the models for which Django defines {@code natural_key()}, and its parts. */
  @Test
  void modelsOfThePortalThatHaveANaturalKeyShouldBeThoseOfDjango() {
    Map<String, List<String>> naturalKeys = new TreeMap<>();
    for (Model model : TestPortal.portalModels().models()) {
      if (!model.naturalKey().isEmpty()) {
        naturalKeys.put(
            model.label(), model.naturalKey().stream().map(part -> part.column().name()).toList());
      }
    }

    assertThat(naturalKeys)
        .isEqualTo(
            Map.of(
                "users.aerpawuser", List.of("username"),
                "auth.group", List.of("name"),
                "auth.permission", List.of("codename", "app_label", "model"),
                "contenttypes.contenttype", List.of("app_label", "model")));
  }

  @Entity
  static class Owner {
    @Id Long id;

    @OneToMany(
        mappedBy = "owner",
        cascade = {CascadeType.PERSIST, CascadeType.REMOVE})
    List<Part> parts;

    @OneToMany(mappedBy = "seller")
    List<Part> sold;

    @OneToOne(mappedBy = "only", orphanRemoval = true)
    Part only;
  }

  @Entity
  static class Part {
    @Id Long id;
    @ManyToOne Owner owner;
    @ManyToOne Owner seller;
    @OneToOne Owner only;

    @Column(updatable = false)
    Instant made;

    Instant changed;

    @Column(updatable = false)
    String serial;
  }

  @Entity
  static class OtherPart {
    @Id Long id;
    @ManyToOne Owner owner;
  }

  @Test
  void objectsShouldBelongToTheTargetThatRemovesThem() {
    var registry = ModelRegistry.of(List.of(Owner.class, Part.class, OtherPart.class), Set.of());

    assertThat(
            registry.models().stream()
                .flatMap(model -> model.fields().stream().filter(Field::owned))
                .map(Field::name))
        .containsExactly("owner", "only");
    assertThat(registry.find("model.part").orElseThrow().fields())
        .filteredOn(Field::owned)
        .hasSize(2);
  }

  @Test
  void timestampThatIsNeverUpdatedShouldBeTheTimeOfCreation() {
    var registry = ModelRegistry.of(List.of(Owner.class, Part.class), Set.of());

    assertThat(registry.find("model.part").orElseThrow().fields())
        .filteredOn(Field::creationTime)
        .extracting(Field::name)
        .containsExactly("made");
  }

  @Entity
  @Table(name = "\"Folded\"")
  static class Names {
    @Id
    @Column(name = "Key")
    Long id;

    @Column(name = "\"Quoted\"")
    String quoted;

    @Column(name = "FOLDED")
    String folded;

    String camelCase;

    @ManyToOne Names itself;
  }

  @Test
  void namesShouldBeQuotedAsTheyAreAndElseFoldedAsPostgresqlDoes() {
    Model names = ModelRegistry.of(List.of(Names.class), Set.of()).find("MODEL.Names").get();

    assertThat(names.table()).isEqualTo("Folded");
    assertThat(names.key().name()).isEqualTo("key");
    assertThat(names.fields())
        .extracting(field -> field.name() + " in " + field.column().name())
        .containsExactly(
            "Quoted in Quoted",
            "folded in folded",
            "camelcase in camelcase",
            "itself_key in itself_key");
  }

  private static Arguments refusal(String message, Class<?>... entities) {
    return Arguments.of(message, List.of(entities));
  }
}
