/**
 * Binds records to JSON with JSON-B: one {@code Jsonb} for reports, manifests and the run history.
 *
 * <p>Fixture objects have a binding of their own, in package fixture. This package depends on no
 * other one.
 */
package org.aerpaw.portal.backup.binding;
