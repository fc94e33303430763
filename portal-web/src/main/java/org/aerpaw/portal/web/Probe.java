package org.aerpaw.portal.web;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.*;

@Path("probe")
@RequestScoped
public class Probe {
  @Resource(lookup = "java:app/jdbc/portal")
  javax.sql.DataSource ds;

  @GET
  public String get() throws Exception {
    try (var c = ds.getConnection();
        var s = c.createStatement();
        var r =
            s.executeQuery(
                "select version(), current_setting('application_name')||pg_backend_pid()")) {
      r.next();
      return r.getString(1) + r.getString(2) + c.getClass();
    }
  }
}
