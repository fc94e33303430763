package org.aerpaw.portal.backup.store;

import java.time.Instant;
import java.util.Optional;

/**
 * The copies at a glance.
 *
 * @param store its name
 * @param newest the snapshot of the newest complete set of which there is a copy; empty if there is
 *     none, or if the store was not read since the start
 * @param known whether the store was read since the start
 * @param pending the number of sets that are to be copied
 * @param failing whether the last access failed
 */
public record StoreStatus(
    String store, Optional<Instant> newest, boolean known, int pending, boolean failing) {}
