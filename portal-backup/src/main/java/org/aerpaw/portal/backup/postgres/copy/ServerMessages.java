package org.aerpaw.portal.backup.postgres.copy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * What the server sends on a connection: messages that the driver reads, and the rows of a COPY,
 * which a {@link CopyReader} may read instead of the driver. It follows the messages, so that the
 * driver never gets a part of a row.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">The formats
 *     of messages</a>
 */
final class ServerMessages extends InputStream {

  /** Marks the thread that starts a COPY, and receives where its rows come from. */
  private static final class CopyStart {
    private ServerMessages messages;
  }

  private static final ThreadLocal<CopyStart> STARTING = new ThreadLocal<>();

  private static final int HEADER = 1 + Integer.BYTES;
  private static final int CAPACITY = 1 << 16;

  private static final byte COPY_OUT_RESPONSE = 'H';
  private static final byte COPY_DATA = 'd';

  /** The answer to a request for encryption, which comes without a length. */
  private static final byte NOT_ENCRYPTED = 'N';

  private static final byte AUTHENTICATION = 'R';
  private static final byte ERROR = 'E';
  private static final byte NEGOTIATE_PROTOCOL_VERSION = 'v';

  /** How far the server's messages are understood. */
  private enum State {
    NEGOTIATING,
    PLAIN,
    ENCRYPTED
  }

  private final InputStream in;
  private State state = State.NEGOTIATING;

  /** What was received and not read. */
  private final byte[] buffer = new byte[CAPACITY];

  private int position;
  private int limit;
  private final ByteBuffer rows = ByteBuffer.wrap(buffer);

  /**
   * How many bytes of a message's header the driver has read; 0 outside of a header. {@link
   * #bodyLeft} is how many bytes of its body the driver has not read yet.
   */
  private int headerRead;

  private byte type;

  /** The length in the header of the message: of the body and of this field itself. */
  private int length;

  private int bodyLeft;

  ServerMessages(InputStream in) {
    this.in = in;
  }

  /** Announces that this thread starts a COPY. {@link #afterCopyStart} must follow. */
  static void beforeCopyStart() {
    STARTING.set(new CopyStart());
  }

  /**
   * The messages of the connection on which this thread started a COPY, positioned at the first
   * row; null if only the driver can read them.
   */
  static ServerMessages afterCopyStart() {
    ServerMessages messages = STARTING.get().messages;
    STARTING.remove();
    return messages;
  }

  /**
   * Reads the content of the next message if it is a part of a COPY.
   *
   * @return valid until the next call; null if another message follows, which the driver must read,
   *     as it must everything after it
   * @throws IOException if the message could not be received; the driver will fail as well
   */
  ByteBuffer nextCopyData() throws IOException {
    if (!receive(HEADER) || buffer[position] != COPY_DATA) {
      return null;
    }
    int size = rows.limit(CAPACITY).getInt(position + 1) - Integer.BYTES;
    if (size > CAPACITY - HEADER) {
      return largeMessage(size);
    }
    if (!receive(HEADER + size)) {
      return null;
    }
    position += HEADER + size;
    return rows.limit(position).position(position - size);
  }

  /** Reads the content of a message that does not fit into the buffer. */
  private ByteBuffer largeMessage(int size) throws IOException {
    byte[] content = new byte[size];
    position += HEADER;
    int received = limit - position;
    System.arraycopy(buffer, position, content, 0, received);
    position = limit;
    if (in.readNBytes(content, received, size - received) < size - received) {
      throw new EOFException();
    }
    return ByteBuffer.wrap(content);
  }

  /** Receives at least so many bytes, which must fit into the buffer; false if there are fewer. */
  private boolean receive(int size) throws IOException {
    if (CAPACITY - position < size) {
      limit -= position;
      System.arraycopy(buffer, position, buffer, 0, limit);
      position = 0;
    }
    while (limit - position < size) {
      int received = in.read(buffer, limit, CAPACITY - limit);
      if (received < 0) {
        return false;
      }
      limit += received;
    }
    return true;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** For the driver. Ends at the first row of a COPY that this thread starts. */
  @Override
  public int read(byte[] to, int offset, int max) throws IOException {
    if (position == limit) {
      position = 0;
      limit = 0;
      int received = in.read(buffer);
      if (received < 0) {
        return received;
      }
      limit = received;
    }
    int size = Math.min(max, limit - position);
    if (state != State.ENCRYPTED) {
      size = follow(size);
    }
    System.arraycopy(buffer, position, to, offset, size);
    position += size;
    return size;
  }

  /** Follows the messages in the next bytes, and returns how many of these the driver gets. */
  private int follow(int size) {
    int end = position + size;
    for (int at = position; at < end; ) {
      if (bodyLeft > 0) {
        int part = Math.min(bodyLeft, end - at);
        at += part;
        bodyLeft -= part;
        if (bodyLeft == 0 && type == COPY_OUT_RESPONSE && STARTING.get() != null) {
          STARTING.get().messages = this;
          return at - position;
        }
      } else {
        followHeader(buffer[at++]);
        if (state == State.ENCRYPTED) {
          return size;
        }
      }
    }
    return size;
  }

  private void followHeader(byte next) {
    if (state == State.NEGOTIATING) {
      state =
          switch (next) {
            case NOT_ENCRYPTED -> State.NEGOTIATING;
            case AUTHENTICATION, ERROR, NEGOTIATE_PROTOCOL_VERSION -> State.PLAIN;
            default -> State.ENCRYPTED;
          };
    }
    if (state != State.PLAIN) {
      return;
    }
    if (headerRead == 0) {
      type = next;
      length = 0;
    } else {
      length = length << Byte.SIZE | next & 0xff;
    }
    headerRead++;
    if (headerRead == HEADER) {
      headerRead = 0;
      bodyLeft = length - Integer.BYTES;
    }
  }

  @Override
  public int available() throws IOException {
    return limit - position + in.available();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
