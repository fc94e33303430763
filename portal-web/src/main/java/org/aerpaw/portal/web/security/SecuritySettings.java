package org.aerpaw.portal.web.security;

import java.nio.file.Path;
import java.util.Optional;
import org.aerpaw.portal.fixtures.settings.SettingReader;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The settings of sign-ins and access.
 *
 * @param maxLoginFailures allowed in a minute; 0 for no limit
 * @param metricsOpen whether the metrics need no sign-in
 */
record SecuritySettings(
    Optional<String> adminToken, Path stateDirectory, int maxLoginFailures, boolean metricsOpen) {

  private static final int DEFAULT_MAX_LOGIN_FAILURES = 5;

  /**
   * Reads them.
   *
   * @throws org.aerpaw.portal.fixtures.settings.InvalidSettingException if one of them is invalid
   */
  static SecuritySettings read() {
    var reader = new SettingReader(ConfigProvider.getConfig());
    return new SecuritySettings(
        reader.text("portal.admin.token"),
        reader.path("portal.state.dir").orElse(Path.of(".portal")),
        reader.number("portal.max.login.failures", 0, DEFAULT_MAX_LOGIN_FAILURES, ""),
        reader.flag("portal.metrics.open", false));
  }
}
