package org.aerpaw.portal.backup.masking;

import java.io.IOException;
import java.util.Map;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.model.Column;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.secret.SecretFile;

/** A profile that fits the models. */
public final class CheckedProfile {

  private final Manifest.AppliedMask name;
  private final Map<Model, Map<Column, MaskingRule>> rules;
  private final SecretFile key;

  /**
   * @param name what the manifest says of it
   * @param rules those of the columns that have one
   */
  CheckedProfile(
      Manifest.AppliedMask name, Map<Model, Map<Column, MaskingRule>> rules, SecretFile key) {
    this.name = name;
    this.rules = rules;
    this.key = key;
  }

  /**
   * Adds the masking key, which the first call creates.
   *
   * @throws IOException if it cannot be read or created
   */
  public RowMasker withKey() throws IOException {
    return new RowMasker(name, rules, key.readOrCreate());
  }
}
