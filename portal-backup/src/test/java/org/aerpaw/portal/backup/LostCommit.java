package org.aerpaw.portal.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.aerpaw.portal.testing.TestDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A network between clients and the database, which fails when one of them commits for the first
 * time. It passes the clients' messages on one by one (PostgreSQL's documentation, "Message
 * Formats").
 */
public final class LostCommit implements AutoCloseable {

  /** What is lost with the client's connection. */
  public enum Loss {
    REQUEST,
    ANSWER,
    /** The answer, and the way to the server for good. */
    ANSWER_AND_SERVER
  }

  private static final int PARSE = 'P';
  private static final int SYNC = 'S';
  private static final String COMMIT = "\0COMMIT\0";

  private final TestDatabase database;
  private final Loss loss;
  private final ServerSocket entrance;
  private final AtomicBoolean happened = new AtomicBoolean();
  private volatile boolean serverIsLost;

  public LostCommit(TestDatabase database, Loss loss) throws IOException {
    this.database = database;
    this.loss = loss;
    this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Connections to the database over this network. */
  public DataSource dataSource() {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {entrance.getLocalPort()});
    source.setDatabaseName(database.name());
    source.setUser(database.user());
    source.setSslMode("disable");
    return source;
  }

  @Override
  public void close() throws IOException {
    entrance.close();
  }

  private interface Task {
    void run() throws IOException;
  }

  /** What breaks a connection is what its ends have to cope with. */
  private static void start(Task task) {
    var thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // The end of this connection.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = entrance.accept();
      if (serverIsLost) {
        client.close();
        return;
      }
      var server = new Socket(InetAddress.getLoopbackAddress(), database.port());
      start(() -> passRequestsOn(client, server));
      start(() -> passAnswersOn(server, client));
    }
  }

  private void passRequestsOn(Socket client, Socket server) throws IOException {
    try (client) {
      var in = new DataInputStream(client.getInputStream());
      var out = new DataOutputStream(new BufferedOutputStream(server.getOutputStream()));
      forward(message(in), out);
      boolean failing = false;
      for (int type = in.read(); type >= 0; type = in.read()) {
        byte[] message = message(in);
        if (type == PARSE && isCommit(message) && happened.compareAndSet(false, true)) {
          failing = true;
        }
        if (failing && loss == Loss.REQUEST) {
          server.close();
          return;
        }
        boolean last = failing && type == SYNC;
        if (last && loss == Loss.ANSWER_AND_SERVER) {
          serverIsLost = true;
          entrance.close();
        }
        if (last) {
          // Before the server can answer.
          client.close();
        }
        out.write(type);
        forward(message, out);
        if (last) {
          return;
        }
      }
      server.close();
    }
  }

  /**
   * To a client that has gone, too: so the server has said what it had to say before its connection
   * ends.
   */
  private static void passAnswersOn(Socket server, Socket client) throws IOException {
    try (server) {
      server.getInputStream().transferTo(client.getOutputStream());
    }
  }

  private static byte[] message(DataInputStream in) throws IOException {
    int length = in.readInt();
    return in.readNBytes(length - Integer.BYTES);
  }

  private static void forward(byte[] message, DataOutputStream out) throws IOException {
    out.writeInt(Integer.BYTES + message.length);
    out.write(message);
    out.flush();
  }

  /** The message has the name that the statement is to have, and its text. */
  private static boolean isCommit(byte[] parse) {
    return new String(parse, US_ASCII).contains(COMMIT);
  }
}
