/**
 * The portal from outside: its server, started as {@code run_server.sh} does, its command, and a
 * client of its HTTP interface.
 */
package org.aerpaw.portal.benchmark.portal;
