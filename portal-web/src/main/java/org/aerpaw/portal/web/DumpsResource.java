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
import org.aerpaw.portal.backup.dump.DumpRequest;
import org.aerpaw.portal.backup.dump.DumpService;
import org.aerpaw.portal.backup.fixture.FileFormat;
import org.aerpaw.portal.backup.fixture.FileLayout;
import org.aerpaw.portal.backup.fixture.compress.Compression;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Dumps. */
@Path("dumps")
@RequestScoped
@Tag(name = "dumps")
public class DumpsResource {

  private static final String NATURAL_FOREIGN = "naturalForeign";
  private static final String NATURAL_PRIMARY = "naturalPrimary";

  private static final Set<String> KEYS =
      new TreeSet<>(
          List.of(
              "apps",
              "exclude",
              "indent",
              "timestamps",
              "format",
              "compress",
              "pks",
              NATURAL_FOREIGN,
              NATURAL_PRIMARY));

  private static final int MOST_INDENT = 16;

  @Inject private DumpService dumps;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Starts a dump",
      description =
          "Every key of the body is optional, and so is the body: apps and exclude (lists of apps and models), pks (the keys of the objects, with one model only), indent (0 to 16, else 2;"
              + " null puts everything on one line),"
              + " timestamps (exact or milliseconds), format (json or jsonl), compress (null or gz), naturalForeign (references are natural keys"
              + " where there are any), naturalPrimary (objects that have a natural key are without their keys). Answers 202 with the run and its Location, 409 with the Location of the run in the way.")
  public Response start(InputStream body, @Context SecurityContext caller, @Context UriInfo here)
      throws IOException, InvalidRequestException, RunInProgressException, SQLException {
    var words = RequestWords.read(body, KEYS);
    var style =
        new FileLayout(
            words.numberOrNull("indent", FileLayout.DEFAULT.indent(), 0, MOST_INDENT),
            words.choice("timestamps", FileLayout.DEFAULT.timestamps()));
    var request =
        new DumpRequest(
                words.strings("apps"),
                words.strings("exclude"),
                style,
                words.choice("format", FileFormat.JSON),
                words.choice("compress", Compression.NONE),
                words.flag(NATURAL_FOREIGN),
                words.flag(NATURAL_PRIMARY))
            .withPks(words.wholeNumbers("pks"));
    dumps.problems(request).forEach(words::problem);
    words.requireSound();
    return RunResponses.accepted(dumps.start(request, caller.getUserPrincipal().getName()), here);
  }
}
