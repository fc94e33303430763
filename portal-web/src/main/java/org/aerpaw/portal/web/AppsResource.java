package org.aerpaw.portal.web;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What there is to dump. */
@Path("apps")
@RequestScoped
@Tag(name = "apps")
public class AppsResource {

  @Inject private ModelRegistry registry;

  @Resource(lookup = "java:app/jdbc/portal")
  private DataSource database;

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Apps, models, tables and rows now",
      description = "dumped tells whether a dump takes the app unless it is told otherwise.")
  public JsonObject list() throws SQLException {
    JsonArrayBuilder apps = Json.createArrayBuilder();
    try (var snapshot = Transaction.beginSnapshot(database)) {
      for (String app : registry.apps()) {
        JsonArrayBuilder models = Json.createArrayBuilder();
        for (Model model : registry.models(app)) {
          models.add(
              Json.createObjectBuilder()
                  .add("model", model.label())
                  .add("table", model.table())
                  .add("rows", rows(snapshot, model)));
        }
        apps.add(
            Json.createObjectBuilder()
                .add("app", app)
                .add("dumped", registry.dumpedApps().contains(app))
                .add("models", models));
      }
    }
    return Json.createObjectBuilder().add("apps", apps).build();
  }

  private static long rows(Transaction snapshot, Model model) throws SQLException {
    return snapshot.queryOne(row -> row.getLong(1), "SELECT count(*) FROM " + model.sql());
  }
}
