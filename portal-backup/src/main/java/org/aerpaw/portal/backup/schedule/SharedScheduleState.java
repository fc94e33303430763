package org.aerpaw.portal.backup.schedule;

import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.aerpaw.portal.backup.binding.JsonBinding;
import org.aerpaw.portal.backup.state.SharedValues;

/** Reads and replaces the state of a schedule, which all servers on a database share. */
final class SharedScheduleState {

  private static final String NAME = "schedule";

  private final SharedValues sharedValues;
  private final CronSchedule schedule;
  private final InstantSource clock;

  /**
   * The state at a moment.
   *
   * @param stored its text; empty if there is none yet
   */
  record Version(Optional<String> stored, ScheduleState state) {}

  SharedScheduleState(SharedValues sharedValues, CronSchedule schedule, InstantSource clock) {
    this.sharedValues = sharedValues;
    this.schedule = schedule;
    this.clock = clock;
  }

  static void remove(SharedValues sharedValues) throws SQLException, IOException {
    sharedValues.remove(NAME);
  }

  CronSchedule schedule() {
    return schedule;
  }

  /** The state, adapted to the settings. */
  Version read() throws SQLException, IOException {
    Optional<String> stored = sharedValues.read(NAME);
    ScheduleState state =
        stored
            .map(json -> JsonBinding.fromJson(json, ScheduleState.class))
            .map(old -> old.adapted(schedule, clock.instant()))
            .orElseGet(() -> ScheduleState.initial(schedule, clock.instant()));
    return new Version(stored, state);
  }

  /**
   * Replaces the state.
   *
   * @return false if another server has replaced it since it was read
   */
  boolean replace(Version before, ScheduleState state) throws SQLException, IOException {
    String text = JsonBinding.toJson(state);
    return before.stored().filter(text::equals).isPresent()
        || sharedValues.replace(NAME, before.stored(), text);
  }

  /** Changes the state, whatever other servers do meanwhile. */
  ScheduleState update(UnaryOperator<ScheduleState> change) throws SQLException, IOException {
    for (; ; ) {
      Version before = read();
      ScheduleState changed = change.apply(before.state());
      if (replace(before, changed)) {
        return changed;
      }
    }
  }
}
