package org.aerpaw.portal.backup.run;

/**
 * Runs of one group exclude each other, on all servers of a database; runs of different groups do
 * not. Copies may take hours, and no dump or load must wait for them.
 */
public enum RunGroup {

  /** Runs that read or write the tables. */
  DATABASE,

  /** Copies to a store. */
  COPY,

  /** Fetches and uploads, which add sets that were made elsewhere. */
  FETCH
}
