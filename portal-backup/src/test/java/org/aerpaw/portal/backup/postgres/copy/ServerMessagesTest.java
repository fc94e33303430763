package org.aerpaw.portal.backup.postgres.copy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of a connection, received in pieces of every size. */
class ServerMessagesTest {

  private static final byte[] COPY_START = message('H', "\1\0\0");
  private static final byte[] COPY_END =
      concat(message('c', ""), message('C', "COPY 3\0"), message('Z', "I"));

  @AfterEach
  void endCopyStart() {
    ServerMessages.beforeCopyStart();
    ServerMessages.afterCopyStart();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 13, 100, 70_000})
  void readerGetsTheRowsAndTheDriverEverythingElse(int piece) throws IOException {
    byte[] before =
        concat("N".getBytes(ISO_8859_1), message('R', "\0\0\0\0"), message('Z', "I"), COPY_START);
    List<String> rows = List.of("first", "", "x".repeat(200_000), "last");
    var stream = new ByteArrayOutputStream();
    stream.writeBytes(before);
    rows.forEach(row -> stream.writeBytes(message('d', row)));
    stream.writeBytes(COPY_END);
    var messages = new ServerMessages(pieces(stream.toByteArray(), piece));

    ServerMessages.beforeCopyStart();
    assertThat(readUntilCopy(messages)).isEqualTo(before);
    assertThat(ServerMessages.afterCopyStart()).isSameAs(messages);

    List<String> read = new ArrayList<>();
    for (ByteBuffer row = messages.nextCopyData(); row != null; row = messages.nextCopyData()) {
      read.add(ISO_8859_1.decode(row).toString());
    }
    assertThat(read).isEqualTo(rows);
    assertThat(messages.readAllBytes()).isEqualTo(COPY_END);
  }

  @Test
  void driverGetsTheRowsOfACopyThatNoReaderStarted() throws IOException {
    byte[] all = concat(message('R', "\0\0\0\0"), COPY_START, message('d', "row"), COPY_END);

    assertThat(new ServerMessages(pieces(all, 5)).readAllBytes()).isEqualTo(all);
  }

  @Test
  void otherMessageBetweenRowsAndTheRowsAfterItAreTheDrivers() throws IOException {
    byte[] rest = concat(message('N', "notice"), message('d', "second"), COPY_END);
    byte[] all = concat(message('R', "\0\0\0\0"), COPY_START, message('d', "first"), rest);
    var messages = new ServerMessages(pieces(all, 9));
    ServerMessages.beforeCopyStart();
    readUntilCopy(messages);

    assertThat(ISO_8859_1.decode(messages.nextCopyData()).toString()).isEqualTo("first");
    assertThat(messages.nextCopyData()).isNull();
    assertThat(messages.readAllBytes()).isEqualTo(rest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"S", "G", "NS", "\26\3"})
  void driverGetsEverythingOfAnEncryptedConnection(String answer) throws IOException {
    byte[] all = concat(answer.getBytes(ISO_8859_1), COPY_START, message('d', "row"));
    var messages = new ServerMessages(pieces(all, 3));
    ServerMessages.beforeCopyStart();

    assertThat(messages.readAllBytes()).isEqualTo(all);
    assertThat(ServerMessages.afterCopyStart()).isNull();
  }

  @Test
  void endOfTheStreamInTheMiddleOfARowIsNoRow() throws IOException {
    assertThat(afterStart(new byte[] {'d', 0}).nextCopyData()).isNull();
    assertThat(afterStart(new byte[] {'d', 0, 0, 0, 9, 'x'}).nextCopyData()).isNull();
    ServerMessages inLargeRow = afterStart(new byte[] {'d', 0, 9, 0, 0, 'x'});
    assertThatThrownBy(inLargeRow::nextCopyData).isInstanceOf(EOFException.class);
  }

  private static ServerMessages afterStart(byte[] rows) throws IOException {
    byte[] all = concat(message('R', "\0\0\0\0"), COPY_START, rows);
    var messages = new ServerMessages(new ByteArrayInputStream(all));
    ServerMessages.beforeCopyStart();
    readUntilCopy(messages);
    return messages;
  }

  /** Reads as the driver does, until a COPY starts. */
  private static byte[] readUntilCopy(InputStream in) throws IOException {
    var read = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    while (!endsWith(read.toByteArray(), COPY_START)) {
      read.write(buffer, 0, in.read(buffer));
    }
    return read.toByteArray();
  }

  private static boolean endsWith(byte[] all, byte[] end) {
    return new String(all, ISO_8859_1).endsWith(new String(end, ISO_8859_1));
  }

  private static InputStream pieces(byte[] all, int size) {
    return new FilterInputStream(new ByteArrayInputStream(all)) {
      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        return super.read(to, offset, Math.min(size, length));
      }
    };
  }

  private static byte[] message(char type, String content) {
    return ByteBuffer.allocate(1 + Integer.BYTES + content.length())
        .put((byte) type)
        .putInt(Integer.BYTES + content.length())
        .put(content.getBytes(ISO_8859_1))
        .array();
  }

  private static byte[] concat(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
