/**
 * How one reaches dumps and loads over HTTP: resources, answers, health.
 *
 * <p>Requests become calls of the services in {@code org.aerpaw.portal.fixtures} here, and their
 * outcome becomes JSON; nothing is dumped or loaded here. What a client sends is compared with what
 * there is and never becomes a path.
 */
package org.aerpaw.portal.web;
