/**
 * Binds records to JSON with JSON-B: one {@code Jsonb} for reports, manifests and the run history.
 *
 * <p>Fixture objects have their own binding in the package fixture. This package depends on no
 * other one.
 */
package org.aerpaw.portal.backup.binding;
