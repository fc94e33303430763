package org.aerpaw.portal.backup.model;

/**
 * The value of a field that a fixture lacks.
 *
 * @param value may be null
 */
public record FieldDefault(Object value) {}
