package org.aerpaw.portal.backup.foreign.lending;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToOne;
import java.time.LocalDate;
import java.time.LocalTime;
import org.aerpaw.portal.backup.foreign.library.Book;

/** Follows on another one: unique, and to itself. */
@Entity(name = "Lease")
public class Loan {

  @Id short id;

  @ManyToOne Book book;

  @OneToOne Loan renewed;

  LocalDate until;

  LocalTime closing;

  Boolean returned;
}
