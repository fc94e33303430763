package org.aerpaw.portal.backup.load;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.load.source.FixtureFile;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.load.source.Renames;
import org.aerpaw.portal.backup.load.source.ResolvedFixtures;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunFailedException;

/** Loads a whole set in a transaction that the caller begins and rolls back. */
public final class TrialLoad {

  private TrialLoad() {}

  /**
   * Loads the set without committing.
   *
   * @return the warnings of the load
   * @throws RunFailedException with up to a hundred errors and their positions
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
            new LoadContext(
                registry,
                request,
                found,
                Optional.empty(),
                Renames.none(registry),
                transaction,
                null,
                context,
                clock))
        .run()
        .warnings();
  }
}
