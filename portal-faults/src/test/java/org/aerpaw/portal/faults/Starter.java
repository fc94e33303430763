package org.aerpaw.portal.faults;

import java.nio.file.Path;
import org.aerpaw.portal.fixtures.run.RunState;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process that does what a server does before it serves: migrates, and loads the fixtures.
 *
 * <p>Words: port, database, folder of dumps, folder of fixtures.
 */
final class Starter {

  private Starter() {}

  public static void main(String[] words) throws Exception {
    var database = new PGSimpleDataSource();
    database.setServerNames(new String[] {"127.0.0.1"});
    database.setPortNumbers(new int[] {Integer.parseInt(words[0])});
    database.setDatabaseName(words[1]);
    database.setUser("postgres");
    var engine = new Engine(database, Path.of(words[2]));
    engine.migrate();
    var run = engine.load(Path.of(words[3]));
    System.out.println(run.errors());
    System.exit(run.state() == RunState.DONE ? 0 : 1);
  }
}
