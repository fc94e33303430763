package org.aerpaw.portal.faults;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What runs in a process of its own. Words: {@link Task}, port, database, folder of dumps, and
 * folders of fixtures, if the task is to load. Ends with status 1 if a run fails, and tells why.
 */
final class Worker {

  enum Task {
    DUMP,
    VERIFY,
    /** Migrates and loads, as a server does before it serves. */
    START
  }

  private final Engine engine;
  private final List<Path> fixtures;

  private Worker(Engine engine, List<Path> fixtures) {
    this.engine = engine;
    this.fixtures = fixtures;
  }

  public static void main(String[] words) throws Exception {
    var database = new PGSimpleDataSource();
    database.setServerNames(new String[] {"127.0.0.1"});
    database.setPortNumbers(new int[] {Integer.parseInt(words[1])});
    database.setDatabaseName(words[2]);
    database.setUser("postgres");
    new Worker(
            new Engine(database, Path.of(words[3])),
            Stream.of(words).skip(4).map(Path::of).toList())
        .execute(Task.valueOf(words[0]));
  }

  private void execute(Task task) throws Exception {
    switch (task) {
      case DUMP -> require(engine.dump());
      case VERIFY -> require(engine.verify());
      case START -> {
        engine.migrate();
        require(engine.load(fixtures.get(0)));
      }
    }
  }

  private static void require(Run run) {
    if (run.state() != RunState.DONE) {
      System.out.println(run.errors());
      System.exit(1);
    }
  }
}
