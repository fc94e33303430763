package org.aerpaw.portal.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a server unpacks itself. */
class TemporaryFolderTest {

  @TempDir Path place;

  @Test
  void closedDirectoryShouldBeDeleted() throws IOException {
    Path tmp = place.resolve("state").resolve("tmp");
    TemporaryFolder folder = TemporaryFolder.create(tmp);
    assertThat(Files.getPosixFilePermissions(tmp.getParent()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    Files.writeString(
        Files.createDirectory(folder.path().resolve("lib")).resolve("a.jar"), "a jar");
    folder.close();

    assertThat(tmp).isDirectoryNotContaining(file -> !file.endsWith("mutex"));
  }

  @Test
  void remainsOfAKilledServerShouldBeDeletedByTheNext() throws IOException {
    Files.createFile(place.resolve("killed-1.lock"));
    Path left = Files.createDirectories(place.resolve("killed-1/lib"));
    Files.writeString(left.resolve("a.jar"), "a jar");
    Files.createFile(place.resolve("killed-2.lock"));

    try (var folder = TemporaryFolder.create(place)) {
      assertThat(folder.path()).isEmptyDirectory();
      assertThat(place)
          .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("killed"));
    }
  }

  @Test
  void directoryOfARunningServerShouldBeKept() throws IOException {
    try (var first = TemporaryFolder.create(place);
        var second = TemporaryFolder.create(place)) {
      assertThat(first.path()).isDirectory().isNotEqualTo(second.path());
      assertThat(second.path()).isDirectory();
    }
  }
}
