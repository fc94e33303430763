package org.aerpaw.portal.web.sets;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.sql.SQLException;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.aerpaw.portal.backup.store.StoreList;
import org.aerpaw.portal.backup.store.StoreService;
import org.aerpaw.portal.web.runs.RunResponses;

/** The copies in a store. The only store is named {@code default}. */
@Path("stores")
@RequestScoped
public class StoresResource {

  @Inject private StoreService stores;

  @GET
  @Path("{store}/sets")
  @Produces(MediaType.APPLICATION_JSON)
  public StoreList list(@PathParam("store") String store) throws IOException {
    requireExisting(store);
    return stores.list();
  }

  /** Fetches a set; {@code latest} stands for the newest complete one. */
  @POST
  @Path("{store}/sets/{set}/fetch")
  @Produces(MediaType.APPLICATION_JSON)
  public Response fetch(
      @PathParam("store") String store,
      @PathParam("set") String set,
      @Context SecurityContext caller,
      @Context UriInfo uri)
      throws IOException, InvalidRequestException, RunInProgressException, SQLException {
    requireExisting(store);
    return RunResponses.accepted(stores.startFetch(set, caller.getUserPrincipal().getName()), uri);
  }

  private void requireExisting(String store) {
    if (!stores.exists(store)) {
      throw new NotFoundException();
    }
  }
}
