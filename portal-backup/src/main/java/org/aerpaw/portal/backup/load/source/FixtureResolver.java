package org.aerpaw.portal.backup.load.source;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.VerificationResult;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.FixtureName;
import org.aerpaw.portal.backup.run.InvalidRequestException;

/**
 * Where fixtures lie, and which of them a request names. Names are looked up among those that lie
 * there; none becomes a path.
 */
public final class FixtureResolver {

  /** What sets say of themselves is no fixture. */
  private static final Set<String> OF_SETS = Set.of(Manifest.FILE, VerificationResult.FILE);

  private static final String FROM = "from";
  private static final String FIXTURES = "fixtures";

  private final Path fixtures;
  private final BackupCatalog sets;

  public FixtureResolver(Path fixtures, BackupCatalog sets) {
    this.fixtures = fixtures;
    this.sets = sets;
  }

  /**
   * The files that a request names, in the order of their names.
   *
   * @throws InvalidRequestException naming every file that is not there or that a manifest does not
   *     know, or the folder
   */
  public ResolvedFixtures find(LoadRequest request) throws InvalidRequestException, IOException {
    Set<String> warnings = new LinkedHashSet<>();
    List<FixtureFile> files =
        switch (request.from()) {
          case LoadRequest.FIXTURES ->
              find(request, fixtures, manifestIn(fixtures, request, warnings), warnings);
          case LoadRequest.DUMPDATA ->
              find(
                  request,
                  sets.folder(),
                  read(sets::latest, request, warnings).map(BackupSet::manifest),
                  warnings);
          default -> {
            Optional<BackupSet> set = read(() -> sets.find(request.from()), request, warnings);
            if (set.isEmpty() && warnings.isEmpty()) {
              throw new InvalidRequestException(
                  FROM,
                  "must be "
                      + LoadRequest.FIXTURES
                      + ", "
                      + LoadRequest.DUMPDATA
                      + " or the id of a set");
            }
            // What has a manifest, be it one that cannot be read, has the name of a set.
            Path folder = sets.folder().resolve(request.from());
            yield find(request, folder, set.map(BackupSet::manifest), warnings);
          }
        };
    if (request.mode() == LoadMode.REPLACE) {
      requireCompleteModels(files);
    }
    return new ResolvedFixtures(files, List.copyOf(warnings));
  }

  /** To replace all objects of a model by some of them is what nobody wants. */
  private static void requireCompleteModels(List<FixtureFile> files)
      throws InvalidRequestException {
    List<FixtureError> problems =
        files.stream()
            .filter(file -> file.manifestEntry().filter(Manifest.FileEntry::partial).isPresent())
            .map(
                file ->
                    FixtureError.ofField(
                        FIXTURES,
                        file.name()
                            + " contains only some objects of "
                            + String.join(", ", file.manifestEntry().get().models().keySet())
                            + ", and mode replace would delete all others"))
            .toList();
    if (!problems.isEmpty()) {
      throw new InvalidRequestException(problems);
    }
  }

  /**
   * @param whole what belongs to all of the folder, if anything says so
   */
  private static List<FixtureFile> find(
      LoadRequest request, Path folder, Optional<Manifest> whole, Set<String> warnings)
      throws InvalidRequestException, IOException {
    Map<String, FixtureFile> there = list(folder, request, warnings);
    Map<String, FixtureFile> found = new TreeMap<>();
    List<FixtureError> problems = new ArrayList<>();
    if (request.fixtures().isEmpty()) {
      found.putAll(there);
      whole.map(manifest -> manifest.files().keySet()).orElse(Set.of()).stream()
          .filter(file -> !there.containsKey(file))
          .map(file -> file + " of the set is missing")
          .forEach(
              request.ignoreManifest()
                  ? warnings::add
                  : problem -> problems.add(FixtureError.ofField(FROM, problem)));
      there.keySet().stream()
          .collect(groupingBy(file -> nameOf(file).base(), TreeMap::new, toList()))
          .forEach((base, files) -> requireOne(base, request.from(), files, problems));
    }
    for (String name : request.fixtures()) {
      List<String> files = named(name, there.keySet());
      if (files.isEmpty()) {
        problems.add(
            FixtureError.ofField(FIXTURES, "no fixture " + name + " in " + request.from()));
      }
      requireOne(name, request.from(), files, problems);
      files.forEach(file -> found.put(file, there.get(file)));
    }
    if (!problems.isEmpty()) {
      throw new InvalidRequestException(problems);
    }
    return List.copyOf(found.values());
  }

  /**
   * A name in full means that file; without its last extensions it means every file that is called
   * so then.
   */
  private static List<String> named(String name, Set<String> files) {
    if (files.contains(name)) {
      return List.of(name);
    }
    return files.stream()
        .filter(file -> nameOf(file).unpacked().equals(name) || nameOf(file).base().equals(name))
        .toList();
  }

  private static FixtureName nameOf(String file) {
    return FixtureName.of(file).orElseThrow();
  }

  private static void requireOne(
      String name, String from, List<String> files, List<FixtureError> problems) {
    if (files.size() > 1) {
      problems.add(
          FixtureError.ofField(
              FIXTURES,
              name
                  + " in "
                  + from
                  + " is more than one file, name one: "
                  + String.join(", ", files)));
    }
  }

  private static Map<String, FixtureFile> list(
      Path folder, LoadRequest request, Set<String> warnings)
      throws InvalidRequestException, IOException {
    String named = request.from();
    if (!Files.isDirectory(folder)) {
      throw new InvalidRequestException(FROM, "the directory " + named + " does not exist");
    }
    Map<String, FixtureFile> files = new TreeMap<>();
    Map<Path, Optional<Manifest>> manifests = new HashMap<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        String name = entry.getFileName().toString();
        if (isFixture(name) && !isStaleLink(entry)) {
          if (!Files.isRegularFile(entry)) {
            throw new InvalidRequestException(
                FIXTURES, name + " in " + named + " is not a regular file");
          }
          // A link into the newest set must not lead elsewhere when that is replaced meanwhile.
          Path file = entry.toRealPath();
          if (!manifests.containsKey(file.getParent())) {
            manifests.put(file.getParent(), manifestIn(file.getParent(), request, warnings));
          }
          files.put(
              name, new FixtureFile(name, file, manifests.get(file.getParent()).orElse(null)));
          requirePromised(files.get(name), request, warnings);
        }
      }
    }
    return files;
  }

  private static boolean isFixture(String name) {
    return FixtureName.of(name).isPresent() && !name.startsWith(".") && !OF_SETS.contains(name);
  }

  /**
   * Whether a dump of another format left this link when it was killed just before it removed that.
   */
  private static boolean isStaleLink(Path entry) throws IOException {
    return !Files.exists(entry) && BackupCatalog.isLinkToNewest(entry);
  }

  private static void requirePromised(FixtureFile file, LoadRequest request, Set<String> warnings)
      throws InvalidRequestException {
    if (file.manifest() != null && file.manifestEntry().isEmpty()) {
      report(file.path().getFileName() + " is not in the manifest beside it", request, warnings);
    }
  }

  /** What a manifest has against the load. */
  private static void report(String problem, LoadRequest request, Set<String> warnings)
      throws InvalidRequestException {
    if (!request.ignoreManifest()) {
      throw new InvalidRequestException(FROM, problem);
    }
    warnings.add(problem);
  }

  private static Optional<Manifest> manifestIn(
      Path folder, LoadRequest request, Set<String> warnings)
      throws InvalidRequestException, IOException {
    Path manifest = folder.resolve(Manifest.FILE);
    return Files.exists(manifest)
        ? read(() -> Optional.of(Manifest.read(manifest)), request, warnings)
        : Optional.empty();
  }

  /** Something that reads a manifest. */
  @FunctionalInterface
  private interface ManifestReading<T> {
    Optional<T> read() throws IOException;
  }

  /**
   * A manifest that the disk gives, but that is none of this format, is a matter of the request.
   */
  private static <T> Optional<T> read(
      ManifestReading<T> reading, LoadRequest request, Set<String> warnings)
      throws InvalidRequestException, IOException {
    try {
      return reading.read();
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      report(e.getMessage(), request, warnings);
      return Optional.empty();
    }
  }
}
