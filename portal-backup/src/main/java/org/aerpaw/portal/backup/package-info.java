/**
 * The backup engine: dumps, loads, verifies and lists backup sets of the entities of one JPA
 * persistence unit.
 */
package org.aerpaw.portal.backup;
