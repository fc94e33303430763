package org.aerpaw.portal.launcher;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An embedded PostgreSQL server with its data in one directory, which is kept between starts. It
 * listens on 127.0.0.1 only and has a password that only the owner of the directory can read.
 *
 * <p>A server that a killed launcher left running is stopped first; a second launcher on the same
 * directory is refused.
 */
final class EmbeddedDatabase implements AutoCloseable {

  static final String USER = "postgres";
  static final String NAME = "postgres";
  private static final int DEFAULT_PORT = 5432;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final FileChannel lockFile;
  private final EmbeddedPostgres server;
  private final String password;

  private EmbeddedDatabase(FileChannel lockFile, EmbeddedPostgres server, String password) {
    this.lockFile = lockFile;
    this.server = server;
    this.password = password;
  }

  /**
   * @param directory created if it does not exist
   * @param port the port to listen on; if empty, 5432 or, if that is in use, any free port
   */
  static EmbeddedDatabase start(Path directory, Optional<Integer> port)
      throws StartFailedException {
    try {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      FileChannel lockFile = lock(directory);
      Path cluster = directory.resolve("cluster");
      stopSurvivor(cluster);
      String password = password(directory);
      int listenOn = port.orElseGet(EmbeddedDatabase::freePort);
      if (Files.notExists(cluster)) {
        create(directory, cluster, listenOn, password);
      }
      return new EmbeddedDatabase(
          lockFile, start(directory, cluster, listenOn, password), password);
    } catch (IOException e) {
      throw new StartFailedException(
          "The embedded PostgreSQL cannot use " + directory + ": " + e, e);
    }
  }

  private static FileChannel lock(Path directory) throws IOException, StartFailedException {
    FileChannel file =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = file.tryLock();
    if (lock == null) {
      file.close();
      throw new StartFailedException(
          "The database in " + directory + " is in use: another portal is already running here.");
    }
    return file;
  }

  /**
   * Creates the cluster under another name and renames it, so that an incomplete one is never used.
   */
  private static void create(Path directory, Path cluster, int port, String password)
      throws IOException, StartFailedException {
    Path unfinished = directory.resolve("cluster.new");
    stopSurvivor(unfinished);
    Directories.delete(unfinished);
    start(directory, unfinished, port, password).close();
    Files.move(unfinished, cluster);
  }

  private static EmbeddedPostgres start(Path directory, Path cluster, int port, String password)
      throws StartFailedException {
    Path log = directory.resolve("postgresql.log");
    try {
      return EmbeddedPostgres.builder()
          .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
          .setDataDirectory(cluster)
          .setCleanDataDirectory(false)
          .setRegisterShutdownHook(false)
          .setPGStartupWait(TIMEOUT)
          .setPort(port)
          .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
          // The defaults of the library are for tests: not crash-safe, and open to every local
          // user.
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("max_connections", "100")
          .setServerConfig("listen_addresses", "127.0.0.1")
          .setServerConfig("unix_socket_directories", "")
          .setLocaleConfig("auth", "scram-sha-256")
          .setLocaleConfig("pwfile", directory.resolve("password").toString())
          // Sorts the same on every machine.
          .setLocaleConfig("locale", "C")
          .setLocaleConfig("locale-provider", "builtin")
          .setLocaleConfig("builtin-locale", "C.UTF-8")
          .setConnectConfig("password", password)
          .start();
    } catch (IOException | IllegalStateException e) {
      throw new StartFailedException(
          "The embedded PostgreSQL did not start on port "
              + port
              + "; its log is in "
              + log
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private static int freePort() {
    if (isFree(DEFAULT_PORT)) {
      return DEFAULT_PORT;
    }
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      return DEFAULT_PORT;
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static String password(Path directory) throws IOException {
    Path file = directory.resolve("password");
    if (Files.notExists(file)) {
      var bytes = new byte[24];
      new SecureRandom().nextBytes(bytes);
      Path fresh = directory.resolve("password.new");
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(fresh, HexFormat.of().formatHex(bytes));
      Files.move(fresh, file);
    }
    return Files.readString(file).strip();
  }

  /** Stops a server whose launcher was killed. PostgreSQL writes its process id to the cluster. */
  private static void stopSurvivor(Path cluster) throws IOException, StartFailedException {
    Path pidFile = cluster.resolve("postmaster.pid");
    if (Files.notExists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    Optional<ProcessHandle> survivor =
        lines.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
    if (survivor.isEmpty() || !isPostgres(survivor.get())) {
      return;
    }
    long pid = survivor.get().pid();
    // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients. Java itself cannot send
    // it.
    new ProcessBuilder("sh", "-c", "kill -INT " + pid).inheritIO().start();
    try {
      survivor.get().onExit().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new StartFailedException(
          "An earlier PostgreSQL (process "
              + pid
              + ") is still using "
              + cluster
              + " and did not stop.",
          e);
    } catch (InterruptedException | ExecutionException e) {
      throw new StartFailedException("Waiting for an earlier PostgreSQL was interrupted.", e);
    }
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().map(c -> Path.of(c).endsWith("postgres")).orElse(false);
  }

  int port() {
    return server.getPort();
  }

  /** The settings with which the portal connects to this database. */
  Map<String, String> settings() {
    return Map.of(
        "POSTGRES_HOST", "127.0.0.1",
        "POSTGRES_PORT", Integer.toString(server.getPort()),
        "POSTGRES_DB", NAME,
        "POSTGRES_USER", USER,
        "POSTGRES_PASSWORD", password);
  }

  @Override
  public void close() throws IOException {
    try (lockFile) {
      server.close();
    }
  }
}
