package org.aerpaw.portal.backup.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Finds the size of the central directory of a zip archive before anything reads the directory into
 * memory (APPNOTE.TXT 4.3.14 to 4.3.16).
 */
final class ZipDirectory {

  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int MAX_COMMENT = 0xffff;
  private static final int DIRECTORY_OFFSET = 16;

  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int ZIP64_END_OFFSET = 8;
  private static final int ZIP64_DIRECTORY_OFFSET = 48;
  private static final long IN_ZIP64 = 0xffffffffL;

  private ZipDirectory() {}

  /**
   * The number of bytes from the start of the directory to the end of the archive.
   *
   * @throws IOException if it is not a zip archive
   */
  static long bytes(Path zip) throws IOException {
    try (FileChannel file = FileChannel.open(zip)) {
      long tail = Math.min(file.size(), END_BYTES + MAX_COMMENT);
      ByteBuffer bytes = read(file, file.size() - tail, (int) tail);
      for (int at = (int) tail - END_BYTES; at >= 0; at--) {
        if (bytes.getInt(at) == END) {
          long end = file.size() - tail + at;
          return file.size() - directory(file, end, bytes.getInt(at + DIRECTORY_OFFSET) & IN_ZIP64);
        }
      }
      throw new IOException("its end record is missing");
    }
  }

  private static long directory(FileChannel file, long end, long offset) throws IOException {
    long start = offset;
    if (offset == IN_ZIP64 && end >= LOCATOR_BYTES) {
      ByteBuffer locator = read(file, end - LOCATOR_BYTES, LOCATOR_BYTES);
      if (locator.getInt(0) == LOCATOR) {
        long zip64End = locator.getLong(ZIP64_END_OFFSET);
        start = read(file, zip64End + ZIP64_DIRECTORY_OFFSET, Long.BYTES).getLong(0);
      }
    }
    if (start < 0 || start > end) {
      throw new IOException("its directory is damaged");
    }
    return start;
  }

  private static ByteBuffer read(FileChannel file, long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    if (position < 0 || position > file.size() - length) {
      throw new IOException("its directory is damaged");
    }
    while (bytes.hasRemaining()) {
      if (file.read(bytes, position + bytes.position()) < 0) {
        throw new IOException("it was truncated");
      }
    }
    return bytes;
  }
}
