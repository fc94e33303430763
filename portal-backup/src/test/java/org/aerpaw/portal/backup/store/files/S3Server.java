package org.aerpaw.portal.backup.store.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * An S3 server (s3proxy) that checks signatures, in a process of its own on the loopback interface.
 * All tests of a JVM share one; each has its own bucket.
 */
public final class S3Server implements AutoCloseable {

  /** Where Maven puts it. */
  private static final Path JAR =
      Path.of(System.getProperty("portal.s3proxy", "target/s3proxy-jar-with-dependencies.jar"));

  private static final String KEY = "ada";
  private static final String SECRET = "secret";

  static {
    System.setProperty("aws.accessKeyId", KEY);
    System.setProperty("aws.secretAccessKey", SECRET);
  }

  private final Process process;
  private final Path folder;
  private final URI endpoint;

  private S3Server(Process process, Path folder, URI endpoint) {
    this.process = process;
    this.folder = folder;
    this.endpoint = endpoint;
  }

  /** The one that accepts the credentials of this JVM. */
  public static S3Server shared() {
    return Shared.SERVER;
  }

  /** Starts one whose secret is another one. */
  static S3Server withOtherSecret() throws IOException {
    return start("other");
  }

  private static S3Server start(String secret) throws IOException {
    Path folder = Files.createTempDirectory("s3");
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    Path data = Files.createDirectory(folder.resolve("data"));
    Path settings = folder.resolve("s3proxy.conf");
    Files.write(
        settings,
        List.of(
            "s3proxy.authorization=aws-v2-or-v4",
            "s3proxy.identity=" + KEY,
            "s3proxy.credential=" + secret,
            "s3proxy.endpoint=" + endpoint,
            "jclouds.provider=filesystem",
            "jclouds.filesystem.basedir=" + data));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString(),
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("s3proxy.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    var server = new S3Server(process, folder, endpoint);
    server.awaitStart(port);
    return server;
  }

  private void awaitStart(int port) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try (var connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw new IOException(
              "s3proxy did not start: " + Files.readString(folder.resolve("s3proxy.log")), e);
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public URI endpoint() {
    return endpoint;
  }

  /** Creates a bucket and returns its name. */
  public String createBucket() throws IOException {
    String bucket = "bucket-" + UUID.randomUUID();
    // Private: s3proxy would let anybody read what others can read.
    Files.createDirectory(
        directory(bucket),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return bucket;
  }

  /** Where the server keeps the objects of a bucket. */
  public Path directory(String bucket) {
    return folder.resolve("data").resolve(bucket);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static final class Shared {

    static final S3Server SERVER = create();

    private static S3Server create() {
      try {
        return start(SECRET);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
