package org.aerpaw.portal.backup.foreign.library;

import jakarta.annotation.Priority;
import jakarta.persistence.Entity;

/** Its key has its parent's name. */
@Entity
@Priority(4)
public class Book extends Work {

  Integer pages;
}
