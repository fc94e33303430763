package org.aerpaw.portal.backup.load.fast;

import java.sql.SQLException;
import org.aerpaw.portal.backup.load.staging.Staging;
import org.aerpaw.portal.backup.load.tables.Counts;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.rows.conversion.ConvertedObject;

/** Stages all objects of a model. */
final class StageTarget implements TableTarget {

  private final Model model;
  private final Staging staging;

  StageTarget(Model model, Staging staging) {
    this.model = model;
    this.staging = staging;
  }

  @Override
  public String add(long origin, ConvertedObject object) throws SQLException {
    staging.add(model, origin, object);
    return null;
  }

  @Override
  public void includeModel() throws SQLException {
    staging.includeModel(model);
  }

  @Override
  public Counts counts() {
    return Counts.NONE;
  }
}
