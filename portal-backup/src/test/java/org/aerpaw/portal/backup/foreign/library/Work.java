package org.aerpaw.portal.backup.foreign.library;

import jakarta.annotation.Priority;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OrderBy;
import java.util.ArrayList;
import java.util.List;

/** Whatever a library lends. */
@Entity
@Priority(3)
@Inheritance(strategy = InheritanceType.JOINED)
public abstract class Work {

  @Id Integer number;

  @Column(columnDefinition = "TEXT")
  String title;

  Medium medium = Medium.PAPER;

  short copies = 1;

  @ManyToOne Shelf shelf;

  @ManyToMany
  @JoinTable(
      name = "work_author",
      joinColumns = @JoinColumn(name = "work"),
      inverseJoinColumns = @JoinColumn(name = "author"))
  @OrderBy("name DESC")
  List<Author> authors = new ArrayList<>();

  @ManyToMany
  @JoinTable(
      name = "work_seeAlso",
      joinColumns = @JoinColumn(name = "from_work"),
      inverseJoinColumns = @JoinColumn(name = "to_work"))
  @OrderBy("shelf.below.code DESC, shelf, number DESC")
  List<Work> seeAlso = new ArrayList<>();
}
