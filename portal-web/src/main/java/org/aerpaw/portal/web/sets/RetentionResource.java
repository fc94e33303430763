package org.aerpaw.portal.web.sets;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.sql.SQLException;
import org.aerpaw.portal.backup.retention.RetentionReport;
import org.aerpaw.portal.backup.retention.RetentionService;
import org.aerpaw.portal.backup.run.RunGroup;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.aerpaw.portal.backup.run.execution.RunService;

/** The rules by which sets are kept. */
@Path("retention")
@RequestScoped
public class RetentionResource {

  @Inject private RetentionService retention;
  @Inject private RunService runs;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public RetentionReport plan() throws IOException {
    return retention.plan();
  }

  @POST
  @Produces(MediaType.APPLICATION_JSON)
  public RetentionReport apply() throws RunInProgressException, SQLException, IOException {
    return runs.whileIdle(RunGroup.DATABASE, retention::apply);
  }
}
