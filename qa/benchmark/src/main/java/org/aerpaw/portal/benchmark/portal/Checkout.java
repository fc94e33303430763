package org.aerpaw.portal.benchmark.portal;

import java.nio.file.Path;

/**
 * A checkout of the portal that was built.
 *
 * @param root where its scripts are
 */
public record Checkout(Path root) {

  /** What {@code run_server.sh} runs. */
  Path server() {
    return root.resolve("portal-cli/target/server");
  }

  Path fixtures() {
    return root.resolve("portal-fixtures-ejb/fixtures");
  }

  /** A Django with the portal's models. */
  public Path django() {
    return root.resolve("qa/conformance/django");
  }
}
