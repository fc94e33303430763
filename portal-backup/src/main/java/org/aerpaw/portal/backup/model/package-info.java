/**
 * The models, created from the JPA mapping: which label and field belong to which table, column and
 * key.
 *
 * <p>This package does not know JSON text and files.
 */
package org.aerpaw.portal.backup.model;
