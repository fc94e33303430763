/**
 * Rows to fixture objects and back, read off the JPA mapping: the registry of models, and one small
 * class for each kind of column.
 *
 * <p>Here and nowhere else is known which table, column and key belong to which label and field.
 * JSON text, files and transactions are not known here.
 */
package org.aerpaw.portal.backup.model;
