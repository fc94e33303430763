package org.aerpaw.portal.backup.masking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Sha256;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.secret.SecretFile;

/** The profiles in the directory for them: {@code staging.json} is the profile staging. */
public final class MaskingProfiles {

  private static final String MEMBER = "mask";
  private static final String EXTENSION = ".json";

  private final MaskingSettings settings;
  private final ModelRegistry registry;

  public MaskingProfiles(MaskingSettings settings, ModelRegistry registry) {
    this.settings = settings;
    this.registry = registry;
  }

  /**
   * Reads a profile and checks it. Its name is compared with the files of the directory and never
   * used as a path.
   *
   * @throws InvalidRequestException if there is no such profile, naming the existing ones; or with
   *     all problems of the profile
   * @throws IOException if the profile cannot be read
   */
  public CheckedProfile find(String name) throws InvalidRequestException, IOException {
    Map<String, Path> profiles = list();
    if (!profiles.containsKey(name)) {
      throw new InvalidRequestException(
          MEMBER,
          profiles.isEmpty()
              ? "there are no masking profiles in the directory that PORTAL_MASKS_DIR names"
              : "unknown masking profile; the profiles are: "
                  + String.join(", ", profiles.keySet()));
    }
    byte[] json = Files.readAllBytes(profiles.get(name));
    var check = new ProfileCheck(name + EXTENSION, parse(json), registry);
    List<FixtureError> problems = check.problems();
    if (!problems.isEmpty()) {
      throw new InvalidRequestException(problems);
    }
    MessageDigest sha256 = Sha256.digest();
    sha256.update(json);
    return new CheckedProfile(
        new Manifest.AppliedMask(name, Sha256.hex(sha256)),
        check.rules(),
        new SecretFile(settings.key()));
  }

  private static MaskingProfile parse(byte[] json) throws InvalidRequestException {
    try {
      return MaskingProfile.parse(json);
    } catch (IOException e) {
      throw new InvalidRequestException(MEMBER, e.getMessage());
    }
  }

  private Map<String, Path> list() throws IOException {
    Map<String, Path> profiles = new TreeMap<>();
    if (Files.isDirectory(settings.profiles())) {
      try (Stream<Path> files = Files.list(settings.profiles())) {
        files
            .filter(file -> file.getFileName().toString().endsWith(EXTENSION))
            .forEach(
                file -> {
                  String name = file.getFileName().toString();
                  profiles.put(name.substring(0, name.length() - EXTENSION.length()), file);
                });
      }
    }
    return profiles;
  }
}
