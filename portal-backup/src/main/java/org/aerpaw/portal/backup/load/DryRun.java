package org.aerpaw.portal.backup.load;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.load.source.FixtureFile;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.load.source.ResolvedFixtures;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * A load of a whole set that is only tried, in a transaction that others have prepared and will not
 * commit.
 */
public final class DryRun {

  private DryRun() {}

  /**
   * Does everything but the commit.
   *
   * @return what an operator should know, a sentence each
   * @throws RunFailedException with up to a hundred located errors
   */
  public static List<String> load(
      ModelRegistry registry, BackupSet set, Transaction transaction, RunContext context)
      throws RunFailedException, SQLException, IOException {
    List<FixtureFile> files =
        set.manifest().files().keySet().stream()
            .map(file -> new FixtureFile(file, set.folder().resolve(file), set.manifest()))
            .toList();
    var request = LoadRequest.of(set.id(), List.of(), LoadMode.MERGE);
    var found = new ResolvedFixtures(files, List.of());
    var clock = new StageClock(context.progress());
    return new LoadPipeline(
            new LoadContext(registry, request, found, transaction, null, context, clock))
        .run()
        .warnings();
  }
}
