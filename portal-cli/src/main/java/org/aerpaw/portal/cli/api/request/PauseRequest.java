package org.aerpaw.portal.cli.api.request;

/** Until when, and why, the schedule is to be paused. */
public record PauseRequest(String until, String reason) {}
