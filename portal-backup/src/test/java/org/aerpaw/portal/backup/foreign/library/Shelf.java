package org.aerpaw.portal.backup.foreign.library;

import jakarta.annotation.Priority;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;

/** Stands below another one, or on the floor. */
@Entity
@Table(name = "\"Shelf\"")
@Priority(1)
public class Shelf {

  @Id Long id;

  @Column(unique = true)
  String code;

  @Column(name = "\"maxLoad\"")
  double maxLoad = 12.5;

  @ManyToOne Shelf below;

  @OneToMany(mappedBy = "below", cascade = CascadeType.ALL)
  List<Shelf> above = new ArrayList<>();

  @ManyToOne Author keeper;
}
