/**
 * What must hold when a process is killed, a disk is full or the database goes away: the newest set
 * is whole, and a load is done whole or not at all. Takes minutes, so it has a profile of its own:
 * {@code mvn verify -Pfaults}.
 */
package org.aerpaw.portal.faults;
