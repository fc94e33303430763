/**
 * {@code dumpdata.sh} and {@code loaddata.sh}: what they ask of a running portal over HTTP, and how
 * they tell an operator what came of it.
 *
 * <p>Knows nothing of the portal but its HTTP interface, so that it serves as well against a portal
 * elsewhere.
 */
package org.aerpaw.portal.launcher.client;
