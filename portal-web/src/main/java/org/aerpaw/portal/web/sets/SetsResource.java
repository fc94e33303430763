package org.aerpaw.portal.web.sets;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Pin;
import org.aerpaw.portal.backup.catalog.SetState;
import org.aerpaw.portal.backup.catalog.VerificationResult;
import org.aerpaw.portal.backup.retention.RetentionService;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.aerpaw.portal.backup.store.CopyState;
import org.aerpaw.portal.backup.store.StoreService;
import org.aerpaw.portal.backup.upload.UploadService;
import org.aerpaw.portal.backup.upload.UploadService.Uploaded;
import org.aerpaw.portal.backup.verify.VerifyService;
import org.aerpaw.portal.web.request.Reason;
import org.aerpaw.portal.web.request.SubmittedRequest;
import org.aerpaw.portal.web.runs.RunResponses;

/** The backup sets. In each address, {@code latest} stands for the newest complete set. */
@Path("sets")
@RequestScoped
public class SetsResource {

  private static final String LATEST = "latest";

  @Inject private BackupCatalog sets;
  @Inject private VerifyService verifications;
  @Inject private RetentionService retention;
  @Inject private StoreService store;
  @Inject private UploadService uploads;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public SetList list() throws IOException {
    return new SetList(sets.latestId().orElse(null), entries(), sets.unreadable());
  }

  /**
   * All sets, newest first.
   *
   * @param latest the id of the set that the link {@code latest} points to, even if that set is
   *     missing; null if there is no such link
   * @param unreadable the directories that are named like a set but have no readable manifest: the
   *     reason by name
   */
  public record SetList(
      @JsonbNillable String latest, List<SetEntry> sets, Map<String, String> unreadable) {}

  /**
   * One set.
   *
   * @param verified the time of its last verification; null unless that passed
   * @param verification how its last verification ended; null if it was never verified
   * @param encrypted whether its files are encrypted; their numbers of objects are unknown then
   * @param pinned why the retention rules must not delete it; null if it is not pinned
   * @param kept the rules of retention that keep it; empty if the next dump or replacing load
   *     deletes it
   * @param copies the copies in stores, made or to be made; empty if there are none
   * @param damages what is wrong with a file that is missing or has another size than in the
   *     manifest, by file name; a verification also compares the content
   */
  public record SetEntry(
      String id,
      @JsonbNillable Instant verified,
      @JsonbNillable VerificationResult.Result verification,
      boolean encrypted,
      Pin pinned,
      List<String> kept,
      List<CopyState> copies,
      Map<String, String> damages,
      Manifest manifest) {}

  /** Why a set is to be pinned. */
  public record PinRequest(
      @NotBlank(message = Reason.MISSING) @Size(max = Reason.MAX_LENGTH, message = Reason.TOO_LONG)
          String reason) {

    public static final PinRequest DEFAULT = new PinRequest(null);
  }

  @GET
  @Path("{set}")
  @Produces(MediaType.APPLICATION_JSON)
  public SetEntry one(@PathParam("set") String id) throws IOException {
    String found = find(id).id();
    return entries().stream()
        .filter(entry -> entry.id().equals(found))
        .findFirst()
        .orElseThrow(NotFoundException::new);
  }

  @POST
  @Path("{set}/pin")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public SetEntry pin(
      @PathParam("set") String id,
      SubmittedRequest<PinRequest> body,
      @Context SecurityContext caller)
      throws IOException, InvalidRequestException {
    BackupSet set = find(id);
    String reason = body.requireValid(request -> List.of()).reason();
    set.savePin(
        new Pin(
            reason,
            caller.getUserPrincipal().getName(),
            Instant.now().truncatedTo(ChronoUnit.MILLIS)));
    return one(set.id());
  }

  @DELETE
  @Path("{set}/pin")
  @Produces(MediaType.APPLICATION_JSON)
  public SetEntry unpin(@PathParam("set") String id) throws IOException {
    BackupSet set = find(id);
    set.removePin();
    return one(set.id());
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

  /** Creates a set from a zip archive: status 201, or 200 if an identical set already exists. */
  @POST
  @Consumes("application/zip")
  @Produces(MediaType.APPLICATION_JSON)
  public Response upload(InputStream zip, @Context SecurityContext caller, @Context UriInfo uri)
      throws IOException, RunInProgressException, SQLException {
    Uploaded uploaded = uploads.upload(zip, caller.getUserPrincipal().getName());
    return Response.status(uploaded.added() ? Response.Status.CREATED : Response.Status.OK)
        .location(uri.getAbsolutePathBuilder().path(uploaded.set()).build())
        .entity(one(uploaded.set()))
        .build();
  }

  @POST
  @Path("{set}/copies")
  @Produces(MediaType.APPLICATION_JSON)
  public Response copy(
      @PathParam("set") String id, @Context SecurityContext caller, @Context UriInfo uri)
      throws IOException, InvalidRequestException, RunInProgressException, SQLException {
    return RunResponses.accepted(
        store.startCopy(find(id), caller.getUserPrincipal().getName()), uri);
  }

  private BackupSet find(String id) throws IOException {
    return (id.equals(LATEST) ? sets.latest() : sets.find(id)).orElseThrow(NotFoundException::new);
  }

  private List<SetEntry> entries() throws IOException {
    List<SetState> states = sets.states();
    Map<String, List<String>> reasons = retention.reasons(states);
    Map<String, List<CopyState>> copies = store.copies();
    return states.stream()
        .map(
            state ->
                new SetEntry(
                    state.set().id(),
                    state.verified().orElse(null),
                    state.verification().map(VerificationResult::result).orElse(null),
                    state.set().manifest().isEncrypted(),
                    state.pin().orElse(null),
                    reasons.get(state.set().id()),
                    copies.getOrDefault(state.set().id(), List.of()),
                    state.damagedFiles(),
                    state.set().manifest()))
        .toList();
  }
}
