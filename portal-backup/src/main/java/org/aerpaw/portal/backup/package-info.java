/**
 * The backup engine: dumps, loads, verifies and lists backup sets of the entities of one JPA
 * persistence unit. This package only wires the engine; each service has a package of its own.
 */
package org.aerpaw.portal.backup;
