package org.aerpaw.portal.backup.catalog;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Set;
import java.util.concurrent.Executor;
import org.aerpaw.portal.backup.concurrent.BackgroundTask;

/**
 * A file of a set that is being made. Counts and hashes what is written and passes it on at once:
 * bring large pieces.
 */
public final class StagedFile extends OutputStream {

  /**
   * After so many bytes the disk is given something to do, so that the end has little to wait for.
   */
  private static final long WORTH_FLUSHING = 1 << 25;

  private final FileChannel channel;
  private final Executor executor;
  private final MessageDigest digest = Sha256.digest();
  private long bytes;
  private long flushed;
  private BackgroundTask<Void, IOException> flush;

  private StagedFile(FileChannel channel, Executor executor) {
    this.channel = channel;
    this.executor = executor;
  }

  /**
   * Begins a new file that only its owner can read.
   *
   * @param executor where what was written is flushed while more is
   */
  static StagedFile create(Path file, Executor executor) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    return new StagedFile(FileChannel.open(file, Set.of(CREATE_NEW, WRITE), ownerOnly), executor);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value});
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    digest.update(source, offset, length);
    ByteBuffer buffer = ByteBuffer.wrap(source, offset, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    bytes += length;
    if (bytes - flushed >= WORTH_FLUSHING && (flush == null || flush.isDone())) {
      awaitFlush();
      flushed = bytes;
      flush = BackgroundTask.offer(this::flushContent, executor);
    }
  }

  private Void flushContent() throws IOException {
    channel.force(false);
    return null;
  }

  /** The system tells only once that it could not write something. */
  private void awaitFlush() throws IOException {
    if (flush != null) {
      flush.result();
    }
  }

  public long bytes() {
    return bytes;
  }

  /**
   * Waits until all of it is on the disk; nothing may be written after.
   *
   * @return the sha256 of all of it, in hexadecimal
   */
  public String finish() throws IOException {
    awaitFlush();
    channel.force(true);
    return Sha256.hex(digest);
  }

  @Override
  public void close() throws IOException {
    if (flush != null) {
      flush.end();
    }
    channel.close();
  }
}
