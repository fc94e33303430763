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
 * A file of a set that is being written. Counts and hashes the bytes, and does not buffer them, so
 * callers should write large pieces.
 */
public final class StagedFile extends OutputStream {

  /**
   * After this number of bytes, they are flushed in another thread, so that {@link #finish} has
   * little to wait for.
   */
  private static final long FLUSH_INTERVAL = 1 << 25;

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
   * Creates a file that only its owner can read.
   *
   * @param executor provides the thread that flushes the file while it is being written
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
    if (bytes - flushed >= FLUSH_INTERVAL && (flush == null || flush.isDone())) {
      awaitFlush();
      flushed = bytes;
      flush = BackgroundTask.offer(this::flushContent, executor);
    }
  }

  private Void flushContent() throws IOException {
    channel.force(false);
    return null;
  }

  /** Fails if a flush failed, which the system reports only once. */
  private void awaitFlush() throws IOException {
    if (flush != null) {
      flush.result();
    }
  }

  public long bytes() {
    return bytes;
  }

  /**
   * Waits until the whole file is on the disk; nothing may be written afterwards.
   *
   * @return the sha256 of the file, in hexadecimal
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
