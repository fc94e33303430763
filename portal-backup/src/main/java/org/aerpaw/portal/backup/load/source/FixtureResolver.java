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
import org.aerpaw.portal.backup.encryption.Identity;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.file.FixtureName;
import org.aerpaw.portal.backup.run.InvalidRequestException;

/**
 * Finds the files that a load request names. Names are compared with the files of a directory and
 * never used as a path.
 */
public final class FixtureResolver {

  private static final String FROM = "from";
  private static final String FIXTURES = "fixtures";

  private final Path fixtures;
  private final BackupCatalog sets;

  public FixtureResolver(Path fixtures, BackupCatalog sets) {
    this.fixtures = fixtures;
    this.sets = sets;
  }

  /**
   * Finds the files of a request, sorted by name.
   *
   * @throws InvalidRequestException if there are none, or if the request, the files and their
   *     manifest do not match; names every missing file, but only the first that is not in the
   *     manifest
   */
  public ResolvedFixtures find(LoadRequest request) throws InvalidRequestException, IOException {
    Identity.requireValid(request.identity());
    Set<String> warnings = new LinkedHashSet<>();
    List<FixtureFile> files =
        switch (request.from()) {
          case LoadRequest.FIXTURES ->
              find(request, fixtures, manifestIn(fixtures, request, warnings), warnings);
          case LoadRequest.DUMPDATA -> {
            Optional<String> latest = sets.latestId();
            if (latest.isPresent()) {
              requireSet(latest.get());
            }
            yield find(
                request,
                sets.folder(),
                read(sets::latest, request, warnings).map(BackupSet::manifest),
                warnings);
          }
          case LoadRequest.LATEST -> {
            Optional<String> latest = sets.latestId();
            if (latest.isEmpty()) {
              throw invalid("there is no complete set; " + existingSets());
            }
            yield findInSet(latest.get(), request, warnings);
          }
          default -> findInSet(request.from(), request, warnings);
        };
    if (files.isEmpty()) {
      throw invalid(directory(request) + " contains no fixture files");
    }
    if (request.mode() == LoadMode.REPLACE) {
      requireCompleteModels(files);
    }
    return new ResolvedFixtures(files, List.copyOf(warnings));
  }

  private List<FixtureFile> findInSet(String id, LoadRequest request, Set<String> warnings)
      throws InvalidRequestException, IOException {
    requireSet(id);
    Optional<Manifest> manifest =
        read(() -> sets.find(id), request, warnings).map(BackupSet::manifest);
    return find(request, sets.folder().resolve(id), manifest, warnings);
  }

  /** Fails unless there is a set with this id; a set whose manifest is damaged also counts. */
  private void requireSet(String id) throws InvalidRequestException, IOException {
    if (sets.exists(id)) {
      return;
    }
    boolean isLatest = sets.latestId().filter(id::equals).isPresent();
    throw invalid(
        (isLatest
                ? "the newest complete set, " + id + ", is missing; "
                : "must be fixtures, dumpdata, latest or the name of a set; ")
            + existingSets());
  }

  private String existingSets() throws IOException {
    List<String> ids = sets.all().stream().map(BackupSet::id).toList();
    return ids.isEmpty() ? "there are no readable sets" : "the sets are: " + String.join(", ", ids);
  }

  private static String directory(LoadRequest request) {
    return switch (request.from()) {
      case LoadRequest.FIXTURES ->
          "the directory of the portal's own fixtures (PORTAL_FIXTURES_DIR)";
      case LoadRequest.DUMPDATA -> "the dump directory (PORTAL_DUMPDATA_DIR)";
      default -> "the set " + request.from();
    };
  }

  private static InvalidRequestException invalid(String problem) {
    return new InvalidRequestException(FROM, problem);
  }

  /** Mode replace needs all objects of a model, since it deletes the others. */
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
   * @param whole the manifest of the directory
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
          .filter(file -> !there.containsKey(file) && !BackupSet.METADATA_FILES.contains(file))
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

  /** The files with this name, or with this name without extensions. */
  private static List<String> named(String name, Set<String> files) {
    if (files.contains(name)) {
      return List.of(name);
    }
    return files.stream()
        .filter(
            file ->
                nameOf(file).withoutCompression().equals(name) || nameOf(file).base().equals(name))
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
                  + " matches more than one file; name one of them: "
                  + String.join(", ", files)));
    }
  }

  private static Map<String, FixtureFile> list(
      Path folder, LoadRequest request, Set<String> warnings)
      throws InvalidRequestException, IOException {
    if (!Files.isDirectory(folder)) {
      throw invalid(directory(request) + " does not exist");
    }
    Map<String, FixtureFile> files = new TreeMap<>();
    Map<Path, FolderManifest> manifests = new HashMap<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        String name = entry.getFileName().toString();
        if (isFixture(name) && !isStaleLink(entry)) {
          if (!Files.isRegularFile(entry)) {
            throw new InvalidRequestException(
                FIXTURES, name + " in " + request.from() + " is not a regular file");
          }
          // A link into the newest set must keep its target when a dump replaces that meanwhile.
          Path file = entry.toRealPath();
          if (!manifests.containsKey(file.getParent())) {
            manifests.put(file.getParent(), decrypted(file.getParent(), request, warnings));
          }
          files.put(
              name, manifests.get(file.getParent()).file(name, file, !request.ignoreManifest()));
          requireInManifest(files.get(name), request, warnings);
        }
      }
    }
    return files;
  }

  private static boolean isFixture(String name) {
    return FixtureName.of(name).isPresent()
        && !name.startsWith(".")
        && !BackupSet.METADATA_FILES.contains(name);
  }

  /** A dump that was killed may have left a link to a file that the newest set does not have. */
  private static boolean isStaleLink(Path entry) throws IOException {
    return !Files.exists(entry) && BackupCatalog.isLinkToNewest(entry);
  }

  private static void requireInManifest(FixtureFile file, LoadRequest request, Set<String> warnings)
      throws InvalidRequestException {
    if (file.manifest() != null && file.manifestEntry().isEmpty()) {
      report(
          file.path().getFileName() + " is not in the manifest of its directory",
          request,
          warnings);
    }
  }

  /** Reports a difference from the manifest as a warning if the request ignores manifests. */
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

  private static FolderManifest decrypted(Path folder, LoadRequest request, Set<String> warnings)
      throws InvalidRequestException, IOException {
    Optional<Manifest> publicManifest = manifestIn(folder, request, warnings);
    try {
      return FolderManifest.of(folder, publicManifest, request.identity());
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      report(e.getMessage(), request, warnings);
      return new FolderManifest(null, null, request.identity());
    }
  }

  @FunctionalInterface
  private interface ManifestReader<T> {
    Optional<T> read() throws IOException;
  }

  /** A manifest that is readable but damaged makes the request invalid. */
  private static <T> Optional<T> read(
      ManifestReader<T> reader, LoadRequest request, Set<String> warnings)
      throws InvalidRequestException, IOException {
    try {
      return reader.read();
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      report(e.getMessage(), request, warnings);
      return Optional.empty();
    }
  }
}
