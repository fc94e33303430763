package org.aerpaw.portal.backup.load.objects;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.aerpaw.portal.backup.load.source.FixtureFile;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.load.source.Renames;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.model.SchemaValidator;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunFailedException;
import org.aerpaw.portal.backup.selection.ObjectSearch;
import org.aerpaw.portal.backup.selection.RelatedObjects;
import org.aerpaw.portal.backup.selection.RequestedObjects;
import org.aerpaw.portal.backup.selection.SelectedObjects;
import org.aerpaw.portal.backup.selection.SelectionReport;
import org.aerpaw.portal.backup.selection.StoredObjects;

/** The objects of a load that loads only some objects of its files. */
public final class ObjectLoad {

  private final SelectedObjects selected;
  private final LostReferences lostReferences;

  private ObjectLoad(SelectedObjects selected, LostReferences lostReferences) {
    this.selected = selected;
    this.lostReferences = lostReferences;
  }

  /**
   * Finds the objects to load.
   *
   * @param transaction has locked the tables
   * @throws RunFailedException naming requested objects that are in no file, and keys that belong
   *     to different objects in the database; or if there are more objects than the limit
   */
  public static ObjectLoad select(
      RequestedObjects requested,
      LoadRequest request,
      List<FixtureFile> files,
      ModelRegistry registry,
      Renames renames,
      Transaction transaction,
      RunContext context)
      throws RunFailedException, SQLException, IOException {
    RunFailedException.throwIfAny(
        SchemaValidator.differences(ObjectSearch.models(requested, registry), transaction));
    var source = new FixtureObjects(files, request.ignoreManifest(), registry, renames, context);
    var stored = new StoredObjects(registry, transaction);
    SelectedObjects selected = ObjectSearch.toLoad(requested, source, stored, request.from());
    return new ObjectLoad(
        selected,
        new LostReferences(
            selected, requested.with(), request.dryRun(), source, stored, transaction));
  }

  public boolean contains(Model model, long key) {
    return selected.keys().contains(model, key);
  }

  /** The selected objects and why each of them is selected. */
  public SelectionReport report() {
    return selected.report();
  }

  /**
   * Puts the selected objects back into the lists of other objects that lost them when they were
   * deleted; only with {@link RelatedObjects#OWNED}. To be called when the objects are written.
   *
   * @return what was restored, and references that were not, as sentences
   */
  public List<String> restoreReferences() throws RunFailedException, SQLException, IOException {
    return lostReferences.restore();
  }
}
