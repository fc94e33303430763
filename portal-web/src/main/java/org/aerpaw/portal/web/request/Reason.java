package org.aerpaw.portal.web.request;

/** The constraints of the reason that a request gives. */
public final class Reason {

  public static final int MAX_LENGTH = 200;
  public static final String MISSING = "must not be empty";
  public static final String TOO_LONG = "must have at most 200 characters";

  private Reason() {}
}
