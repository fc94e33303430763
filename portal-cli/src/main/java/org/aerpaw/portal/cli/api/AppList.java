package org.aerpaw.portal.cli.api;

import java.util.List;

/** The portal's apps and models with their current row counts. */
public record AppList(List<App> apps) {

  /**
   * @param dumped whether a default dump contains the app
   */
  public record App(String app, Boolean dumped, List<Model> models) {}

  /**
   * @param rows null while the table is locked
   */
  public record Model(String model, Long rows) {}
}
