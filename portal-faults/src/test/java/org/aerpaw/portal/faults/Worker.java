package org.aerpaw.portal.faults;

import java.nio.file.Path;
import java.util.List;
import org.aerpaw.portal.fixtures.run.RunState;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A process to be killed. Dumps over and over, or loads two folders of fixtures in turn, from the moment it has said {@link #READY}.
 *
 * <p>Words: port, database, folder of dumps, and the folders of fixtures to load, if it is to load.
 */
final class Worker {

  static final String READY = "ready";

  /** How its connections are known on the server. */
  static final String APPLICATION = "fault-worker";

  private Worker() {}

  public static void main(String[] words) throws Exception {
    var database = new PGSimpleDataSource();
    database.setServerNames(new String[] {"127.0.0.1"});
    database.setPortNumbers(new int[] {Integer.parseInt(words[0])});
    database.setDatabaseName(words[1]);
    database.setUser("postgres");
    database.setApplicationName(APPLICATION);
    var engine = new Engine(database, Path.of(words[2]));
    List<String> fixtures = List.of(words).subList(3, words.length);
    System.out.println(READY);
    for (int round = 0; ; round++) {
      var run =
          fixtures.isEmpty()
              ? engine.dump()
              : engine.load(Path.of(fixtures.get(round % fixtures.size())));
      if (run.state() != RunState.DONE) {
        System.out.println(run.errors());
        System.exit(1);
      }
    }
  }
}
