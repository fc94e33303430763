package org.aerpaw.portal.backup.rows.conversion;

import java.util.List;

/**
 * A fixture object converted to the values of its model's columns.
 *
 * @param key the primary key; null if one must be assigned
 * @param values the values of the model's fields; may contain nulls
 * @param lists the keys in the model's lists; null for a list that the object lacks
 * @param naturalKeys the references by natural key, which are in neither of them
 */
public record ConvertedObject(
    Object key,
    List<Object> values,
    List<List<Object>> lists,
    List<NaturalKeyReference> naturalKeys) {}
