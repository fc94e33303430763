package org.aerpaw.portal.benchmark;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;

/** What was measured on, as far as the system tells. */
record Machine(
    String processor, String memory, String disk, String system, String postgres, String java) {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final double KIBIBYTES = 1024 * 1024;

  /**
   * @param folder where databases and dumps are kept
   */
  static Machine of(PostgresServer postgres, Path folder) throws IOException, SQLException {
    FileStore disk = Files.getFileStore(folder);
    String kibibytes = entry(MEMORY, "MemTotal").replaceAll("\\D", "");
    return new Machine(
        Runtime.getRuntime().availableProcessors() + " × " + entry(PROCESSORS, "model name"),
        kibibytes.isEmpty() ? "?" : Math.round(Long.parseLong(kibibytes) / KIBIBYTES) + " GiB",
        disk.type() + " on " + disk.name(),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + ", "
            + System.getProperty("os.arch"),
        new Database(postgres, PostgresServer.MAINTENANCE).text("SHOW server_version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
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
