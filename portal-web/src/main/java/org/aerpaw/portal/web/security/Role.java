package org.aerpaw.portal.web.security;

/** The groups of the portal whose members may dump and load. */
final class Role {

  static final String OPERATOR = "operator";
  static final String SITE_ADMIN = "site_admin";

  private Role() {}
}
