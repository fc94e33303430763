package org.aerpaw.portal.backup.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file of a set, flushed to the disk while it is written. */
class StagedFileTest {

  private static final byte[] MEGABYTE = new byte[1 << 20];

  @TempDir Path folder;

  static List<Executor> executors() {
    return List.of(task -> new Thread(task).start(), task -> {}, Runnable::run);
  }

  @ParameterizedTest
  @MethodSource("executors")
  void hashShouldBeThatOfTheFileWhicheverThreadFlushesIt(Executor executor) throws IOException {
    Path path = folder.resolve("users.json");
    var random = new Random(1);
    String hash;
    try (StagedFile file = StagedFile.create(path, executor)) {
      for (int i = 0; i < 100; i++) {
        random.nextBytes(MEGABYTE);
        file.write(MEGABYTE);
      }
      hash = file.finish();
      assertThat(file.bytes()).isEqualTo(100 << 20);
    }

    assertThat(path).hasSize(100 << 20);
    assertThat(Sha256.hex(path)).isEqualTo(hash);
  }

  @Test
  void onlyLargeFilesShouldBeFlushedBeforeTheirEnd() throws IOException {
    List<Runnable> offered = new ArrayList<>();
    try (StagedFile file = StagedFile.create(folder.resolve("users.json"), offered::add)) {
      for (int i = 0; i < 31; i++) {
        file.write(MEGABYTE);
      }
      assertThat(offered).isEmpty();
      file.write(MEGABYTE);
      assertThat(offered).hasSize(1);
    }
  }

  @Test
  void failureToFlushShouldFailTheFile() throws IOException {
    Executor interrupted =
        task -> {
          Thread.currentThread().interrupt();
          task.run();
          assertThat(Thread.interrupted()).isTrue();
        };
    try (StagedFile file = StagedFile.create(folder.resolve("users.json"), interrupted)) {
      for (int i = 0; i < 32; i++) {
        file.write(MEGABYTE);
      }

      assertThatThrownBy(file::finish).isInstanceOf(ClosedByInterruptException.class);
    }
  }
}
