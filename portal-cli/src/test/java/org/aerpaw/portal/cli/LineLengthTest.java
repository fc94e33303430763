package org.aerpaw.portal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The house rule that the formatter cannot enforce: it does not break texts. */
class LineLengthTest {

  private static final Path ROOT = Path.of("..");
  private static final int MAX_COLUMNS = 120;
  private static final Set<String> GENERATED = Set.of("target", ".git", "dumpdata", "db_data");

  @Test
  void noLineOfJavaOrMarkdownIsLongerThan120ColumnsExceptRowsOfTables() throws IOException {
    List<String> tooLong = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return GENERATED.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (file.toString().matches(".*\\.(java|md)")) {
              int number = 0;
              for (String line : Files.readAllLines(file)) {
                number++;
                if (line.length() > MAX_COLUMNS && !line.startsWith("|")) {
                  tooLong.add(file + ":" + number);
                }
              }
            }
            return FileVisitResult.CONTINUE;
          }
        });

    assertThat(tooLong).isEmpty();
  }
}
