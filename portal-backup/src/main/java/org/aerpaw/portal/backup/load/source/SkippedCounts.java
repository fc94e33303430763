package org.aerpaw.portal.backup.load.source;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.Map;

/**
 * What a load skipped because the portal has no such model or field.
 *
 * @param models the number of objects by label
 * @param fields the number of values by label and field
 */
@JsonbPropertyOrder({"models", "fields"})
public record SkippedCounts(Map<String, Long> models, Map<String, Long> fields) {}
