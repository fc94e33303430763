package org.aerpaw.portal.web.status;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.aerpaw.portal.backup.status.StatusService;
import org.aerpaw.portal.fixtures.notify.NotificationService;

/** The state of the backups for Prometheus, as OpenMetrics or in its older text format. */
@Path(MetricsResource.PATH)
@RequestScoped
public class MetricsResource {

  /** The path below {@code /api}. */
  public static final String PATH = "metrics";

  private static final ExpositionFormats FORMATS = ExpositionFormats.init();

  @Inject private StatusService status;
  @Inject private NotificationService notifications;

  @GET
  public Response get(@HeaderParam("Accept") String accept) throws IOException {
    ExpositionFormatWriter format = FORMATS.findWriter(accept);
    var text = new ByteArrayOutputStream();
    format.write(text, BackupMetrics.of(status.read(), status.limits(), notifications.failures()));
    return Response.ok(text.toByteArray(), format.getContentType()).build();
  }
}
