package org.aerpaw.portal.backup.foreign.library;

import jakarta.annotation.Priority;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

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

  @ManyToOne Author keeper;
}
