package org.aerpaw.portal.backup.masking;

import static java.util.Objects.requireNonNull;

import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.aerpaw.portal.backup.binding.JsonBinding;

/**
 * The content of a profile: which field is masked by which rule.
 *
 * <pre>
 * {"models": {"users.aerpawuser": {"username": "email", "password": "unusable-password"}}}
 * </pre>
 *
 * @param models by the label of a model and the name of a field, the rule
 */
public record MaskingProfile(Map<String, Map<String, String>> models) {

  public MaskingProfile {
    requireNonNull(models, "the member \"models\" is missing");
    models = new TreeMap<>(models);
  }

  /**
   * Parses a profile.
   *
   * @throws IOException if it is damaged
   */
  static MaskingProfile parse(byte[] json) throws IOException {
    try {
      return JsonBinding.bind(JsonBinding.parseObject(json), MaskingProfile.class);
    } catch (JsonException | JsonbException e) {
      throw new IOException("the masking profile is damaged: " + e.getMessage(), e);
    }
  }
}
