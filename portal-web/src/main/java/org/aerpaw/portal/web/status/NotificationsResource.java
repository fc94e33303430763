package org.aerpaw.portal.web.status;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.aerpaw.portal.fixtures.notify.NotificationService;

/** The targets of notifications. */
@Path("notifications")
@RequestScoped
public class NotificationsResource {

  @Inject private NotificationService notifications;

  /** Whether each target received the test. */
  public record TestResults(List<NotificationService.TestResult> results) {}

  @POST
  @Path("test")
  @Produces(MediaType.APPLICATION_JSON)
  public TestResults test(@Context SecurityContext caller) {
    return new TestResults(notifications.test(caller.getUserPrincipal().getName()));
  }
}
