package org.aerpaw.portal.backup.foreign.library;

import jakarta.annotation.Priority;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Likes a book that stands on a shelf which is in the care of an author: a circle. */
@Entity
@Priority(2)
public class Author {

  enum Fame {
    UNKNOWN,
    KNOWN
  }

  @Id long id;

  String name;

  @Enumerated(EnumType.STRING)
  Fame fame = Fame.UNKNOWN;

  Instant born;

  UUID identifier;

  @ManyToOne
  @JoinColumn(name = "likes")
  Book favourite;

  @ManyToMany(mappedBy = "authors")
  List<Work> works = new ArrayList<>();
}
