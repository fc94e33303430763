package org.aerpaw.portal.backup.dump;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Priority;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import java.util.List;
import java.util.Set;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.junit.jupiter.api.Test;

/** D34: the order in which Django dumps models when references are natural keys. */
class DependencyOrderTest {

  @Entity
  @Priority(1)
  static class Loan {
    @Id Long id;
    @ManyToOne Reader reader;
    @ManyToOne Note note;

    @ManyToMany
    @JoinTable(
        name = "loan_books",
        joinColumns = @JoinColumn(name = "loan_id"),
        inverseJoinColumns = @JoinColumn(name = "book_id"))
    List<Book> books;
  }

  @Entity
  @Priority(2)
  static class Book {
    @Id Long id;

    @Column(unique = true)
    String title;

    @ManyToOne Reader owner;
  }

  @Entity
  @Priority(3)
  static class Reader {
    @Id Long id;

    @Column(unique = true)
    String name;

    @ManyToOne Reader friend;
  }

  /** Has no natural key. */
  @Entity
  @Priority(4)
  static class Note {
    @Id Long id;
  }

  @Entity
  @Priority(5)
  static class Hen {
    @Id Long id;

    @Column(unique = true)
    String name;

    @ManyToOne Egg egg;
  }

  @Entity
  @Priority(6)
  static class Egg {
    @Id Long id;

    @Column(unique = true)
    String name;

    @ManyToOne Hen hen;
  }

  @Test
  void modelsWithANaturalKeyShouldComeBeforeThoseThatReferToThem() {
    assertThat(order(Loan.class, Book.class, Reader.class, Note.class))
        .containsExactly("reader", "note", "book", "loan");
  }

  @Test
  void modelsThatAreNotDumpedShouldNotMatter() {
    var registry =
        ModelRegistry.of(List.of(Loan.class, Book.class, Reader.class, Note.class), Set.of());
    List<Model> some =
        registry.models().stream().filter(model -> !model.label().endsWith("reader")).toList();

    assertThat(names(DependencyOrder.of(some))).containsExactly("book", "note", "loan");
  }

  @Test
  void cycleShouldBeBrokenAtItsLastModelAsInDjango() {
    assertThat(order(Note.class, Hen.class, Egg.class)).containsExactly("note", "hen", "egg");
  }

  private static List<String> order(Class<?>... entities) {
    var registry = ModelRegistry.of(List.of(entities), Set.of());
    return names(DependencyOrder.of(List.copyOf(registry.models())));
  }

  private static List<String> names(List<Model> models) {
    return models.stream().map(model -> model.label().replaceFirst(".*\\.", "")).toList();
  }
}
