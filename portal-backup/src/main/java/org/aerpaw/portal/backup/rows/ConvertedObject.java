package org.aerpaw.portal.backup.rows;

import java.util.List;

/**
 * A fixture object as its model's columns have it.
 *
 * @param key null if it is to be given one
 * @param values of the model's fields, in their order; may hold nulls
 * @param lists of the model's lists, in their order; null for a list that the object does not have
 * @param names references by what their targets are known by, which are in neither
 */
public record ConvertedObject(
    Object key, List<Object> values, List<List<Object>> lists, List<NaturalKeyReference> names) {}
