package org.aerpaw.portal.backup.masking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.model.Column;
import org.aerpaw.portal.backup.model.ColumnPath;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.column.JsonValueWriter;
import org.aerpaw.portal.backup.rows.Masking;

/** Masks the rows of a dump with a masking profile and the masking key. */
public final class RowMasker implements Masking {

  private static final MaskingRule KEEP = new MaskingRule(MaskingMethod.KEEP, null);

  private final Manifest.AppliedMask manifestEntry;
  private final Map<Model, Map<Column, MaskingRule>> rules;
  private final String key;

  RowMasker(
      Manifest.AppliedMask manifestEntry, Map<Model, Map<Column, MaskingRule>> rules, String key) {
    this.manifestEntry = manifestEntry;
    this.rules = rules;
    this.key = key;
  }

  /** What the manifest of a masked set says of its profile. */
  public Manifest.AppliedMask manifestEntry() {
    return manifestEntry;
  }

  @Override
  public JsonValueWriter writer(Model model, Column column) {
    return rule(model, column).writer(column.type(), new Pseudonyms(key));
  }

  /**
   * Masks a natural key as references to the object are masked.
   *
   * @param parts its parts as text
   */
  public List<String> naturalKey(Model model, List<String> parts) {
    var pseudonyms = new Pseudonyms(key);
    List<String> masked = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      ColumnPath path = model.naturalKey().get(i);
      MaskingRule rule = rule(path.owner(model), path.column());
      masked.add(parts.get(i) == null ? null : rule.pseudonym(parts.get(i), pseudonyms));
    }
    return masked;
  }

  private MaskingRule rule(Model model, Column column) {
    return rules.getOrDefault(model, Map.of()).getOrDefault(column, KEEP);
  }
}
