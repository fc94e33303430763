package org.aerpaw.portal.backup.model;

/**
 * What a field has that a fixture leaves out.
 *
 * @param value may be null
 */
public record FieldDefault(Object value) {}
