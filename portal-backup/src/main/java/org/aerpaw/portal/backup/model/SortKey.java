package org.aerpaw.portal.backup.model;

/** One term of an order. */
public record SortKey(ColumnPath path, boolean descending) {}
