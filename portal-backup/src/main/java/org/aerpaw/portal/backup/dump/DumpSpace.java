package org.aerpaw.portal.backup.dump;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Optional;
import org.aerpaw.portal.backup.state.SharedValues;

/**
 * How much space the last encrypted backup took while it was made: its plain files and the
 * encrypted ones. The set itself does not show it, since its plain files are deleted.
 */
public final class DumpSpace {

  private static final Logger LOG = System.getLogger(DumpSpace.class.getName());
  private static final String NAME = "encrypted-dump-bytes";

  private final SharedValues sharedValues;

  public DumpSpace(SharedValues sharedValues) {
    this.sharedValues = sharedValues;
  }

  /** The space in bytes; 0 if it is unknown. */
  public long read() throws SQLException, IOException {
    return sharedValues.read(NAME).map(Long::parseLong).orElse(0L);
  }

  /** A failure is only logged, since the dump does not depend on it. */
  void save(long bytes) {
    try {
      Optional<String> before = sharedValues.read(NAME);
      sharedValues.replace(NAME, before, Long.toString(bytes));
    } catch (SQLException | IOException e) {
      LOG.log(
          Level.WARNING, "the space that the dump needed was not recorded: {0}", e.getMessage());
    }
  }
}
