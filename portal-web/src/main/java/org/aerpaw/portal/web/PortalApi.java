package org.aerpaw.portal.web;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** All resources of this package, below {@code /api}. */
@ApplicationPath("/api")
public class PortalApi extends Application {}
