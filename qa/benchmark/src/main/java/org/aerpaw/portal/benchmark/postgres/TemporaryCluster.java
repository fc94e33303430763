package org.aerpaw.portal.benchmark.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aerpaw.portal.benchmark.process.BenchmarkException;
import org.aerpaw.portal.benchmark.process.CleanupStack;
import org.aerpaw.portal.benchmark.process.Command;

/**
 * A temporary PostgreSQL in one folder, on a free port of 127.0.0.1, as {@code initdb} creates it:
 * with {@code fsync}, and with all settings at their defaults except {@code max_wal_size}, so that
 * no measured step is interrupted by a checkpoint that an earlier step caused.
 */
public final class TemporaryCluster {

  public static final String MAX_WAL_SIZE = "8GB";

  private static final String USER = "postgres";
  private static final long MAX_WAIT_MILLIS = 60_000;

  private final Path programs;
  private final Path folder;
  private final Path log;

  private TemporaryCluster(Path programs, Path folder) {
    this.programs = programs;
    this.folder = folder;
    log = folder.resolve("postgresql.log");
  }

  /**
   * @param programs the folder with {@code initdb} and {@code postgres}
   * @param counting whether it counts statements, which costs a little
   */
  public static PostgresServer start(
      Path programs, Path folder, boolean counting, CleanupStack stopping)
      throws BenchmarkException, IOException, InterruptedException {
    if (!Files.isExecutable(programs.resolve("initdb"))) {
      throw new BenchmarkException(
          "There is no PostgreSQL in "
              + programs
              + "; Debian 12's apt-get install -y postgresql-15 brings one, --postgres names another folder.");
    }
    Files.createDirectories(folder);
    if (isRoot()) {
      // PostgreSQL refuses to run as root; its user must have access to its own folder only.
      Files.setPosixFilePermissions(
          folder.getParent(), PosixFilePermissions.fromString("rwx--x--x"));
      Files.setOwner(
          folder,
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
    }
    return new TemporaryCluster(programs, folder).start(counting, stopping);
  }

  private PostgresServer start(boolean counting, CleanupStack stopping)
      throws BenchmarkException, IOException, InterruptedException {
    Path data = folder.resolve("data");
    command(
            "initdb",
            "-D",
            data.toString(),
            "-U",
            USER,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8")
        .run();
    int port = freePort();
    var arguments =
        arguments(
            "postgres",
            "-D",
            data.toString(),
            "-p",
            Integer.toString(port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "max_wal_size=" + MAX_WAL_SIZE);
    if (counting) {
      arguments.addAll(List.of("-c", "shared_preload_libraries=pg_stat_statements"));
    }
    Process process =
        new ProcessBuilder(arguments)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    stopping.add(() -> stop(process, data));
    var server = new PostgresServer(programs, "127.0.0.1", port, USER, "");
    await(process, server);
    return server;
  }

  private void await(Process process, PostgresServer server)
      throws BenchmarkException, IOException, InterruptedException {
    long deadline = System.currentTimeMillis() + MAX_WAIT_MILLIS;
    while (true) {
      try {
        server.connect(PostgresServer.MAINTENANCE).close();
        return;
      } catch (SQLException e) {
        if (!process.isAlive() || System.currentTimeMillis() > deadline) {
          throw new BenchmarkException("PostgreSQL did not start:\n" + Command.end(log), e);
        }
      }
      Thread.sleep(50);
    }
  }

  private void stop(Process process, Path data) throws Exception {
    // An interrupt on the terminal reaches PostgreSQL as well.
    if (process.isAlive()) {
      try {
        command("pg_ctl", "stop", "-m", "fast", "-D", data.toString()).run();
      } catch (BenchmarkException e) {
        process.destroy();
      }
    }
    if (!process.waitFor(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
    }
  }

  private Command command(String program, String... options) {
    return Command.of(arguments(program, options)).in(folder);
  }

  private List<String> arguments(String program, String... options) {
    List<String> arguments = new ArrayList<>();
    if (isRoot()) {
      // Unlike runuser, setpriv becomes the program, so stopping it stops the program.
      arguments.addAll(
          List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups", "--"));
    }
    arguments.add(programs.resolve(program).toString());
    arguments.addAll(List.of(options));
    return arguments;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
