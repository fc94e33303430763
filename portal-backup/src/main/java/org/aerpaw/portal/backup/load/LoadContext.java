package org.aerpaw.portal.backup.load;

import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.load.source.ResolvedFixtures;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunContext;

/**
 * What is to be loaded, and what there is to do it with.
 *
 * @param transaction whoever began it commits it, or does not
 * @param undo null for a load that replaces nothing
 */
public record LoadContext(
    ModelRegistry registry,
    LoadRequest request,
    ResolvedFixtures found,
    Transaction transaction,
    SafetyBackup undo,
    RunContext context,
    StageClock clock) {

  boolean replaces() {
    return request.mode() == LoadMode.REPLACE;
  }
}
