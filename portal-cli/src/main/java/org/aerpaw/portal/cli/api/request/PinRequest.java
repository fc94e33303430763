package org.aerpaw.portal.cli.api.request;

/** Why a set is to be pinned. */
public record PinRequest(String reason) {}
