package org.aerpaw.portal.backup.catalog;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of a set, written in blocks by another thread. */
class StagedFileTest {

  private static final int BLOCK = 1 << 20;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 5 * BLOCK + 4097})
  void fileOfAnySizeShouldHaveTheBytesThatWereWritten(int size) throws IOException {
    Path path = folder.resolve("users.json");
    byte[] content = random(size);
    try (StagedFile file = StagedFile.create(path, task -> new Thread(task).start())) {
      assertThat(write(file, content)).isEqualTo(Sha256.hex(content));
      assertThat(file.bytes()).isEqualTo(size);
    }
    assertThat(path).hasBinaryContent(content);
  }

  static List<Executor> executors() {
    return List.of(task -> new Thread(task).start(), task -> {}, Runnable::run);
  }

  @ParameterizedTest
  @MethodSource("executors")
  void hashShouldBeThatOfTheFileWhicheverThreadWritesIt(Executor executor) throws IOException {
    Path path = folder.resolve("users.json");
    String hash;
    try (StagedFile file = StagedFile.create(path, executor)) {
      hash = write(file, random(20 * BLOCK + 5));
    }
    assertThat(path).hasSize(20 * BLOCK + 5);
    assertThat(Sha256.hex(path)).isEqualTo(hash);
  }

  @Test
  void onlyFullBlocksShouldBeWrittenByAnotherThread() throws IOException {
    List<Runnable> offered = new ArrayList<>();
    try (StagedFile file = StagedFile.create(folder.resolve("users.json"), offered::add)) {
      file.write(new byte[BLOCK - 1]);
      assertThat(offered).isEmpty();
      file.write(0);
      assertThat(offered).hasSize(1);
    }
  }

  @Test
  void blocksThatCannotBeWrittenDirectlyShouldGoThroughThePageCache() throws IOException {
    Path path = folder.resolve("users.json");
    byte[] content = random(3 * BLOCK + 5);
    FileChannel refusing = FileChannel.open(folder.resolve("other"), CREATE_NEW, WRITE);
    refusing.close();
    try (var file =
        new StagedFile(FileChannel.open(path, CREATE_NEW, WRITE), refusing, Runnable::run)) {
      assertThat(write(file, content)).isEqualTo(Sha256.hex(content));
    }
    assertThat(path).hasBinaryContent(content);
  }

  @Test
  void blockThatCannotBeWrittenShouldFailTheFile() throws IOException {
    FileChannel closed = FileChannel.open(folder.resolve("users.json"), CREATE_NEW, WRITE);
    closed.close();
    try (var file = new StagedFile(closed, closed, task -> new Thread(task).start())) {
      file.write(new byte[BLOCK]);

      assertThatThrownBy(() -> file.write(new byte[BLOCK]))
          .isInstanceOf(ClosedChannelException.class);
    }
  }

  @Test
  void interruptedWriteShouldFailTheFile() throws IOException {
    Executor interrupted =
        task -> {
          Thread.currentThread().interrupt();
          task.run();
          assertThat(Thread.interrupted()).isTrue();
        };
    try (StagedFile file = StagedFile.create(folder.resolve("users.json"), interrupted)) {
      file.write(new byte[BLOCK]);

      assertThatThrownBy(file::finish).isInstanceOf(ClosedByInterruptException.class);
    }
  }

  private static byte[] random(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  /** Writes pieces that do not fit blocks, and returns the hash of the file. */
  private static String write(StagedFile file, byte[] content) throws IOException {
    int piece = 300_001;
    for (int from = 0; from < content.length; from += piece) {
      file.write(content, from, Math.min(piece, content.length - from));
    }
    return file.finish();
  }
}
