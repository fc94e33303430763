package org.aerpaw.portal.backup.catalog;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.aerpaw.portal.backup.concurrent.BackgroundTask;

/**
 * A file of a set that is being written. Counts and hashes the bytes. Without {@link #finish}, the
 * file is incomplete.
 *
 * <p>While one block fills, another thread writes the one before it, past the page cache of the
 * system if the file system allows that. Copying a large file to the page cache takes as much
 * processor time as making it, and displaces the pages that the database uses.
 */
public final class StagedFile extends OutputStream {

  private static final int BLOCK_BYTES = 1 << 20;

  /** Direct writes require that the address of a block is a multiple of this. */
  private static final int ALIGNMENT = 1 << 12;

  /** Blocks for the next files: the JVM releases the memory of unused ones late. */
  private static final Queue<ByteBuffer> UNUSED = new ArrayBlockingQueue<>(4);

  /**
   * File systems that refused direct writes. Each is asked only once, since the JDK leaks the file
   * if it refuses.
   */
  private static final Set<FileStore> REFUSING_DIRECT_WRITES = ConcurrentHashMap.newKeySet();

  private final FileChannel channel;

  /**
   * Writes whole blocks past the page cache; {@code channel} itself if the file cannot be opened
   * for direct writes.
   */
  private final FileChannel direct;

  private final Executor executor;
  private final MessageDigest digest = Sha256.digest();
  private long bytes;
  private ByteBuffer filling = unusedBlock();
  private ByteBuffer full;

  /** Writes {@code full}; null before the first block. */
  private BackgroundTask<Void, IOException> writing;

  StagedFile(FileChannel channel, FileChannel direct, Executor executor) {
    this.channel = channel;
    this.direct = direct;
    this.executor = executor;
  }

  /**
   * Creates a file that only its owner can read.
   *
   * @param executor provides the thread that writes blocks
   */
  static StagedFile create(Path file, Executor executor) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    FileChannel channel = FileChannel.open(file, Set.of(CREATE_NEW, WRITE), ownerOnly);
    return new StagedFile(channel, openDirect(file, channel), executor);
  }

  private static FileChannel openDirect(Path file, FileChannel channel) throws IOException {
    FileStore store = Files.getFileStore(file);
    if (REFUSING_DIRECT_WRITES.contains(store)) {
      return channel;
    }
    try {
      long size = store.getBlockSize();
      if (size > 0 && ALIGNMENT % size == 0) {
        return FileChannel.open(file, WRITE, ExtendedOpenOption.DIRECT);
      }
    } catch (UnsupportedOperationException | LinkageError e) {
      // Some file systems and some Java runtimes do not support direct writes.
    } catch (IOException e) {
      // It may work for the next file.
      return channel;
    }
    REFUSING_DIRECT_WRITES.add(store);
    return channel;
  }

  private static ByteBuffer unusedBlock() {
    ByteBuffer unused = UNUSED.poll();
    return unused != null
        ? unused.clear()
        : ByteBuffer.allocateDirect(BLOCK_BYTES + ALIGNMENT)
            .alignedSlice(ALIGNMENT)
            .slice(0, BLOCK_BYTES);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value});
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    digest.update(source, offset, length);
    int end = offset + length;
    for (int from = offset; from < end; ) {
      int part = Math.min(end - from, filling.remaining());
      filling.put(source, from, part);
      from += part;
      bytes += part;
      if (!filling.hasRemaining()) {
        offerBlock();
      }
    }
  }

  /** Offers the full block to the other thread, which must have written the one before. */
  private void offerBlock() throws IOException {
    awaitBlock();
    ByteBuffer next = full == null ? unusedBlock() : full.clear();
    full = filling.flip();
    filling = next;
    long position = bytes - BLOCK_BYTES;
    writing = BackgroundTask.offer(() -> writeBlock(position), executor);
  }

  private Void writeBlock(long position) throws IOException {
    try {
      writeAll(full, direct, position);
    } catch (IOException e) {
      // Some file systems allow the open and refuse the write. If the disk is full, the second
      // attempt fails too.
      writeAll(full.rewind(), channel, position);
    }
    return null;
  }

  private static void writeAll(ByteBuffer from, FileChannel to, long position) throws IOException {
    for (long next = position; from.hasRemaining(); ) {
      next += to.write(from, next);
    }
  }

  private void awaitBlock() throws IOException {
    if (writing != null) {
      writing.result();
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
    awaitBlock();
    filling.flip();
    writeAll(filling, channel, bytes - filling.remaining());
    channel.force(true);
    return Sha256.hex(digest);
  }

  @Override
  public void close() throws IOException {
    if (writing != null) {
      writing.end();
    }
    reuse(filling);
    reuse(full);
    filling = null;
    full = null;
    try {
      direct.close();
    } finally {
      channel.close();
    }
  }

  private static void reuse(ByteBuffer block) {
    if (block != null) {
      UNUSED.offer(block);
    }
  }
}
