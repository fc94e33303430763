package org.aerpaw.portal.backup.store.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream in which every byte that is read passes through {@link #read(byte[], int, int)}, so that
 * a subclass need override only that. Bytes skipped by {@link #skip} do not.
 */
public abstract class BulkInputStream extends FilterInputStream {

  protected BulkInputStream(InputStream in) {
    super(in);
  }

  @Override
  public final int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public final boolean markSupported() {
    return false;
  }
}
