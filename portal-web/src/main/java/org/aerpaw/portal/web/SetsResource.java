package org.aerpaw.portal.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.aerpaw.portal.backup.binding.JsonBinding;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.aerpaw.portal.backup.verify.VerifyService;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The sets that dumps left. {@code latest} stands for the newest in each address. */
@Path("sets")
@RequestScoped
@Tag(name = "sets")
public class SetsResource {

  private static final String LATEST = "latest";

  @Inject private BackupCatalog sets;
  @Inject private VerifyService verifications;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "The sets, newest first, with their manifests",
      description =
          "latest names the newest; it is null while there is none. verified is when a set was found good last, null if it was not.")
  public String list() throws IOException {
    return JsonBinding.toJson(
        new SetList(
            sets.latest().map(BackupSet::id).orElse(null),
            sets.all().stream().map(SetsResource::entry).toList()));
  }

  /** All sets, and the id of the newest complete one. */
  public record SetList(@JsonbNillable String latest, List<SetEntry> sets) {}

  /** One set; {@code verified} is null unless its last verification passed. */
  public record SetEntry(String id, @JsonbNillable Instant verified, Manifest manifest) {}

  @GET
  @Path("{set}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "One set with its manifest")
  public String one(@PathParam("set") String id) throws IOException {
    return JsonBinding.toJson(entry(find(id)));
  }

  @GET
  @Path("{set}/{file}")
  @Produces({MediaType.APPLICATION_JSON, FileResponse.JSON_LINES, FileResponse.GZIP})
  @Operation(
      summary = "One file of a set",
      description = "With its sha256 as ETag; answers If-None-Match, Range and If-Range.")
  public Response file(
      @PathParam("set") String id,
      @PathParam("file") String name,
      @HeaderParam("Range") String range,
      @HeaderParam("If-Range") String ifRange,
      @Context Request request)
      throws IOException {
    return FileResponse.of(find(id), name)
        .orElseThrow(NotFoundException::new)
        .to(request, range, ifRange);
  }

  @GET
  @Path("{set}.zip")
  @Produces("application/zip")
  @Operation(summary = "All files of a set as a zip archive")
  public Response zip(@PathParam("set") String id) throws IOException {
    BackupSet set = find(id);
    return Response.ok(new SetArchive(set, sets))
        .header("Content-Disposition", "attachment; filename=\"" + set.id() + ".zip\"")
        .build();
  }

  @POST
  @Path("{set}/verify")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Starts a verification",
      description =
          "Checks the sha256 of every file, loads all of the set into tables of its own, which are not kept, and dumps it from there in the"
              + " same bytes. Answers 202 with the run and its Location, 409 with the Location of the run in the way.")
  public Response verify(
      @PathParam("set") String id, @Context SecurityContext caller, @Context UriInfo here)
      throws IOException, InvalidRequestException, RunInProgressException, SQLException {
    return RunResponses.accepted(
        verifications.start(find(id).id(), caller.getUserPrincipal().getName()), here);
  }

  private BackupSet find(String id) throws IOException {
    return (id.equals(LATEST) ? sets.latest() : sets.find(id)).orElseThrow(NotFoundException::new);
  }

  private static SetEntry entry(BackupSet set) {
    return new SetEntry(set.id(), set.verified().orElse(null), set.manifest());
  }
}
