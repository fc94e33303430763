/**
 * What the portal's data is: JPA entities, one package a portal app, named exactly as the app. The
 * mapping is the only description of the data; who dumps and restores reads it off the annotations.
 * No services, no queries, no knowledge of fixtures here.
 *
 * <p>A new app is a package of entities beside these: {@code @Priority} orders the models of an
 * app, {@code @JsonbPropertyOrder} the fields where inheritance orders them otherwise,
 * {@code @JsonbProperty} names a field that is not called as its column, and initial values are the
 * defaults.
 */
package org.aerpaw.portal.domain;
