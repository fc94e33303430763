package org.aerpaw.portal.backup.store.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.store.files.BulkInputStream;

/**
 * Reports the progress of a copy or fetch. Progress counts objects, so transferred bytes are
 * converted to a proportional number of objects.
 */
final class TransferProgress {

  private final long objects;
  private final long bytes;
  private final Consumer<Progress> progress;
  private long before;

  /**
   * @param objects the number of objects in all files
   * @param bytes the bytes of all files
   */
  TransferProgress(long objects, long bytes, Consumer<Progress> progress) {
    this.objects = objects;
    this.bytes = bytes;
    this.progress = progress;
  }

  /**
   * Reports what is read from a stream. If the file is opened again, it is counted from the start.
   */
  InputStream reporting(String file, InputStream in) {
    return new BulkInputStream(in) {
      private long read;

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        add(Math.max(count, 0));
        return count;
      }

      @Override
      public long skip(long number) throws IOException {
        long skipped = super.skip(number);
        add(skipped);
        return skipped;
      }

      private void add(long number) {
        read += number;
        report(file, before + read);
      }
    };
  }

  /** Counts a file that has been transferred. */
  void done(String file, long length) {
    before += length;
    report(file, before);
  }

  private void report(String file, long done) {
    double share = bytes == 0 ? 1 : Math.min(1, (double) done / bytes);
    progress.accept(Progress.of(file, null, null, Math.round(objects * share), objects));
  }
}
