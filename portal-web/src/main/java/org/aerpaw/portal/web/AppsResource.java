package org.aerpaw.portal.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import org.aerpaw.portal.backup.rows.RowCounter;

/** The portal's apps and models. */
@Path("apps")
@RequestScoped
public class AppsResource {

  @Inject private RowCounter rows;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public AppList list() throws SQLException {
    return new AppList(rows.count());
  }

  /** All apps. */
  public record AppList(List<RowCounter.App> apps) {}
}
