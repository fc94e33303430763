package org.aerpaw.portal.backup.masking;

import java.nio.file.Path;

/**
 * Where the masking profiles and the masking key are, and whether masked sets may be loaded.
 *
 * @param profiles the directory of the profiles
 * @param key the file with the masking key; the first masked dump creates it
 * @param accepted whether masked sets may be loaded here
 */
public record MaskingSettings(Path profiles, Path key, boolean accepted) {

  /** In the working directory; masked sets may not be loaded. */
  public static final MaskingSettings DEFAULT =
      new MaskingSettings(Path.of("masks"), Path.of(".portal", "masking-key"), false);
}
