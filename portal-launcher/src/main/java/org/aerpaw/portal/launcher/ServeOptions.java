package org.aerpaw.portal.launcher;

import java.util.Optional;

/**
 * The options of a server.
 *
 * @param loadFixtures the value of {@code LOAD_FIXTURES}, which the portal validates; empty to keep
 *     that of the environment
 */
public record ServeOptions(Optional<String> loadFixtures, String address, int port) {}
