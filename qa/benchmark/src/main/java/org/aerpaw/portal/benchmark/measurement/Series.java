package org.aerpaw.portal.benchmark.measurement;

/** The measurements at each size, repeated. */
public enum Series {
  DUMP("dump"),
  PG_DUMP("pg_dump"),
  FIRST_DUMP("first dump after the start"),
  PG_DUMP_WITH_FIRST_DUMP("pg_dump"),
  DIFF("diff of a set and the database"),
  LOAD("load into an empty database"),
  PSQL("psql"),
  FULL_RESTORE("psql of a full dump"),
  RELOAD("load of unchanged data"),
  MERGE("load where 1 % of the rows changed"),
  REPLACE("replacing load where 1 % of the rows changed, with its safety backup"),
  COMMAND("what a command adds to its run"),
  DJANGO_DUMP("Django's dumpdata"),
  DJANGO_LOAD("Django's loaddata");

  private final String text;

  Series(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
