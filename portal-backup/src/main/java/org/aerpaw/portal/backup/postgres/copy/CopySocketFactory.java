package org.aerpaw.portal.backup.postgres.copy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Creates the sockets of PostgreSQL's driver so that a {@link CopyReader} can read the rows of a
 * COPY itself. The driver would create an array for each row. Rows of an encrypted connection, and
 * of one without this factory, are read by the driver.
 *
 * @see <a href="https://jdbc.postgresql.org/documentation/use/#connection-parameters">The
 *     connection parameter {@code socketFactory}</a>
 */
public final class CopySocketFactory extends SocketFactory {

  /** The driver binds and connects the socket. */
  @Override
  public Socket createSocket() {
    return new CopySocket();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localAddress, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress address, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  private static final class CopySocket extends Socket {

    private ServerMessages messages;

    @Override
    public synchronized InputStream getInputStream() throws IOException {
      InputStream in = super.getInputStream();
      if (messages == null) {
        messages = new ServerMessages(in);
      }
      return messages;
    }
  }
}
