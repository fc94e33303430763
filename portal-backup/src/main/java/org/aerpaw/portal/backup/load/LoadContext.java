package org.aerpaw.portal.backup.load;

import java.util.Optional;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.load.source.Renames;
import org.aerpaw.portal.backup.load.source.ResolvedFixtures;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.selection.RequestedObjects;

/**
 * A load and the objects that its stages share.
 *
 * @param transaction committed or rolled back by the caller
 * @param objects the only objects to load; empty for all
 * @param safetyBackup makes the safety backup of a replacing load; null for the trial load of a
 *     verification
 */
public record LoadContext(
    ModelRegistry registry,
    LoadRequest request,
    ResolvedFixtures fixtures,
    Optional<RequestedObjects> objects,
    Renames renames,
    Transaction transaction,
    SafetyBackup safetyBackup,
    RunContext context,
    StageClock clock) {

  boolean replaces() {
    return request.mode() == LoadMode.REPLACE;
  }
}
