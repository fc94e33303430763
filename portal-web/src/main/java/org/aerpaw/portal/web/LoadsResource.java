package org.aerpaw.portal.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.aerpaw.portal.backup.load.LoadMode;
import org.aerpaw.portal.backup.load.LoadRequest;
import org.aerpaw.portal.backup.load.LoadService;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Loads. */
@Path("loads")
@RequestScoped
@Tag(name = "loads")
public class LoadsResource {

  private static final String DRY_RUN = "dryRun";
  private static final String IGNORE_NONEXISTENT = "ignoreNonexistent";
  private static final String IGNORE_MANIFEST = "ignoreManifest";

  private static final Set<String> KEYS =
      new TreeSet<>(
          List.of("from", "fixtures", "mode", DRY_RUN, IGNORE_NONEXISTENT, IGNORE_MANIFEST));

  @Inject private LoadService loads;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Starts a load",
      description =
          "Every key of the body is optional, and so is the body: from (fixtures, dumpdata or the id of a set), fixtures (names of files"
              + " there; all of them if none is named), mode (merge: rows are made or updated; insert: a key that is there is an error; replace:"
              + " merge, and rows of the loaded models that no object names go, after a dump of all to the set that the report names as safetyBackup),"
              + " dryRun (nothing is kept), ignoreNonexistent (unknown models and fields are counted as ignored), ignoreManifest (what is off"
              + " with the manifest is noted, not refused). Answers 202 with the run and its Location, 409 with the Location of the run in the"
              + " way.")
  public Response start(InputStream body, @Context SecurityContext caller, @Context UriInfo here)
      throws IOException, InvalidRequestException, RunInProgressException, SQLException {
    var words = RequestWords.read(body, KEYS);
    var request =
        new LoadRequest(
            words.string("from", LoadRequest.FIXTURES),
            words.strings("fixtures"),
            words.choice("mode", LoadMode.MERGE),
            words.flag(DRY_RUN),
            words.flag(IGNORE_NONEXISTENT),
            words.flag(IGNORE_MANIFEST));
    loads.problems(request).forEach(words::problem);
    words.requireSound();
    return RunResponses.accepted(loads.start(request, caller.getUserPrincipal().getName()), here);
  }
}
