package org.aerpaw.portal.benchmark.docs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.aerpaw.portal.benchmark.measurement.Samples;
import org.aerpaw.portal.benchmark.postgres.Database;
import org.aerpaw.portal.benchmark.postgres.PostgresServer;
import org.aerpaw.portal.benchmark.text.Formats;

/** Describes the machine, as far as the system tells. */
public record Machine(
    String processor, String memory, String disk, String system, String postgres, String java) {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final int FLUSHES = 101;
  private static final int PAGE = 8192;
  private static final double KIBIBYTES = 1024 * 1024;

  /**
   * @param folder where databases and dumps are kept
   */
  public static Machine of(PostgresServer postgres, Path folder) throws IOException, SQLException {
    FileStore disk = Files.getFileStore(folder);
    String kibibytes = entry(MEMORY, "MemTotal").replaceAll("\\D", "");
    return new Machine(
        Runtime.getRuntime().availableProcessors() + " × " + entry(PROCESSORS, "model name"),
        kibibytes.isEmpty() ? "?" : Math.round(Long.parseLong(kibibytes) / KIBIBYTES) + " GiB",
        disk.type() + ", " + Formats.number(flushMillis(folder)) + " ms to flush a page",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + ", "
            + System.getProperty("os.arch"),
        new Database(postgres, PostgresServer.MAINTENANCE).text("SHOW server_version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
  }

  /** The median time to flush 8 KiB to the disk, which each commit does. */
  private static double flushMillis(Path folder) throws IOException {
    var samples = new Samples();
    Path file = Files.createTempFile(folder, "flush", null);
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int flush = 0; flush < FLUSHES; flush++) {
        long begin = System.nanoTime();
        channel.write(ByteBuffer.allocate(PAGE), 0);
        channel.force(false);
        samples.add(Duration.ofNanos(System.nanoTime() - begin));
      }
    }
    Files.delete(file);
    return samples.median() * 1e3;
  }

  private static String entry(Path file, String name) throws IOException {
    if (Files.notExists(file)) {
      return "?";
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("?");
    }
  }
}
