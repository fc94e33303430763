package org.aerpaw.portal.backup.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagedFileTest {

  private static final int BLOCK = 1 << 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 5 * BLOCK + 4097})
  void fileOfAnySizeHasTheBytesThatWereWritten(int size) throws IOException {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      assertWritten(folder.resolve("users.json"), size, threads);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void blocksAreWrittenWithoutAnotherThread() throws IOException {
    assertWritten(
        folder.resolve("users.json"),
        3 * BLOCK + 5,
        task -> {
          throw new RejectedExecutionException();
        });
    assertWritten(folder.resolve("projects.json"), 3 * BLOCK + 5, Runnable::run);
  }

  /** Many kernels refuse direct writes on a file system in memory. */
  @Test
  void fileSystemMayRefuseDirectWrites() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeThat(memory).isWritable();
    Path file = Files.createTempDirectory(memory, "staged").resolve("users.json");
    try {
      assertWritten(file, 3 * BLOCK + 5, Runnable::run);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(file.getParent());
    }
  }

  private static void assertWritten(Path path, int size, Executor executor) throws IOException {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    try (StagedFile file = StagedFile.create(path, executor)) {
      int piece = 300_001;
      for (int from = 0; from < size; from += piece) {
        file.write(content, from, Math.min(piece, size - from));
      }
      assertThat(file.finish()).isEqualTo(Sha256.hex(content));
      assertThat(file.bytes()).isEqualTo(size);
    }
    assertThat(path).hasBinaryContent(content);
  }
}
