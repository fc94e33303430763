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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.aerpaw.portal.backup.verify.VerifyService;

/** The backup sets. In each address, {@code latest} stands for the newest complete set. */
@Path("sets")
@RequestScoped
public class SetsResource {

  private static final String LATEST = "latest";

  @Inject private BackupCatalog sets;
  @Inject private VerifyService verifications;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public SetList list() throws IOException {
    List<SetEntry> entries = new ArrayList<>();
    for (BackupSet set : sets.all()) {
      entries.add(entry(set));
    }
    return new SetList(sets.latestId().orElse(null), entries, sets.unreadable());
  }

  /**
   * All sets, newest first.
   *
   * @param latest the id of the newest complete set, even if that is missing; null if there is none
   * @param unreadable the directories named like a set whose manifest cannot be read: the reason by
   *     name
   */
  public record SetList(
      @JsonbNillable String latest, List<SetEntry> sets, Map<String, String> unreadable) {}

  /**
   * One set.
   *
   * @param verified the time of its last verification; null unless that passed
   * @param damages what is wrong with a file that is missing or has another size than in the
   *     manifest, by file name; a verification also compares the content
   */
  public record SetEntry(
      String id, @JsonbNillable Instant verified, Map<String, String> damages, Manifest manifest) {}

  @GET
  @Path("{set}")
  @Produces(MediaType.APPLICATION_JSON)
  public SetEntry one(@PathParam("set") String id) throws IOException {
    return entry(find(id));
  }

  @GET
  @Path("{set}/{file}")
  @Produces(MediaType.WILDCARD)
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
  public Response zip(@PathParam("set") String id) throws IOException {
    BackupSet set = find(id);
    return Response.ok(new SetArchive(set, sets))
        .header("Content-Disposition", "attachment; filename=\"" + set.id() + ".zip\"")
        .build();
  }

  @POST
  @Path("{set}/verify")
  @Produces(MediaType.APPLICATION_JSON)
  public Response verify(
      @PathParam("set") String id, @Context SecurityContext caller, @Context UriInfo uri)
      throws IOException, InvalidRequestException, RunInProgressException, SQLException {
    return RunResponses.accepted(
        verifications.start(find(id).id(), caller.getUserPrincipal().getName()), uri);
  }

  private BackupSet find(String id) throws IOException {
    return (id.equals(LATEST) ? sets.latest() : sets.find(id)).orElseThrow(NotFoundException::new);
  }

  private static SetEntry entry(BackupSet set) throws IOException {
    return new SetEntry(set.id(), set.verified().orElse(null), set.damages(), set.manifest());
  }
}
