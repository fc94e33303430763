package org.aerpaw.portal.faults;

import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.encryption.EncryptionSettings;
import org.aerpaw.portal.backup.encryption.EncryptionSettings.Scope;
import org.aerpaw.portal.backup.encryption.Recipients;
import org.aerpaw.portal.backup.retention.RetentionRules;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.aerpaw.portal.backup.store.contents.StoreSettings;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What runs in a process of its own. Words: {@link Task}, port, database, folder of dumps, and
 * folders of fixtures, if the task is to load, or location and endpoint of a store, if it is to
 * copy. Ends with status 1 if a run fails, and tells why.
 */
final class Worker {

  /** What is printed before a copy begins. */
  static final String COPYING = "copying";

  /** The system property with the public key for which copies are encrypted. */
  static final String RECIPIENT = "portal.recipient";

  enum Task {
    DUMP,
    VERIFY,
    /** Says when it begins. */
    COPY,
    /** Migrates and loads, as a server does before it serves. */
    START
  }

  private final Engine engine;
  private final List<String> words;

  private Worker(Engine engine, List<String> words) {
    this.engine = engine;
    this.words = words;
  }

  public static void main(String[] words) throws Exception {
    var database = new PGSimpleDataSource();
    database.setServerNames(new String[] {"127.0.0.1"});
    database.setPortNumbers(new int[] {Integer.parseInt(words[1])});
    database.setDatabaseName(words[2]);
    database.setUser("postgres");
    Task task = Task.valueOf(words[0]);
    Path dumpdata = Path.of(words[3]);
    List<String> more = Stream.of(words).skip(4).toList();
    Engine engine =
        task == Task.COPY
            ? new Engine(database, dumpdata, Optional.of(store(more)), encryption())
            : new Engine(database, dumpdata);
    new Worker(engine, more).execute(task);
  }

  private static StoreSettings store(List<String> words) {
    return new StoreSettings(
        URI.create(words.get(0)),
        words.stream().skip(1).findFirst().map(URI::create),
        RetentionRules.keepLast(10, ZoneOffset.UTC));
  }

  private static Optional<EncryptionSettings> encryption() {
    return Optional.ofNullable(System.getProperty(RECIPIENT))
        .map(key -> new EncryptionSettings(Scope.COPIES, Recipients.parse(key)));
  }

  private void execute(Task task) throws Exception {
    switch (task) {
      case DUMP -> require(engine.dump());
      case VERIFY -> require(engine.verify());
      case COPY -> {
        System.out.println(COPYING);
        require(engine.copy());
      }
      case START -> {
        engine.migrate();
        require(engine.load(Path.of(words.get(0))));
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
