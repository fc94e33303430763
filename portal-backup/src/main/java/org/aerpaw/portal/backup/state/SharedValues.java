package org.aerpaw.portal.backup.state;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.postgres.checks.ReadOnlyDatabase;

/**
 * Values by name that all servers on a database share. On a read-only database, they are in files,
 * which only the servers with the same dump directory share.
 */
public final class SharedValues {

  private final DataSource database;
  private final Path directory;

  /**
   * @param directory the directory of the files
   */
  public SharedValues(DataSource database, Path directory) {
    this.database = database;
    this.directory = directory;
  }

  /** The value; empty if there is none. */
  public Optional<String> read(String name) throws SQLException, IOException {
    try (var transaction = Transaction.begin(database)) {
      return isInFile(transaction)
          ? readFile(name)
          : transaction
              .query(
                  row -> row.getString(1), "SELECT value FROM fixtures.state WHERE name = ?", name)
              .stream()
              .findFirst();
    }
  }

  /**
   * Replaces a value, unless another server has replaced it since it was read.
   *
   * @param before the value that was read; empty if there was none
   * @return whether it was replaced
   */
  public boolean replace(String name, Optional<String> before, String value)
      throws SQLException, IOException {
    try (var transaction = Transaction.begin(database)) {
      if (isInFile(transaction)) {
        return replaceFile(name, before, value);
      }
      long changed =
          before.isPresent()
              ? transaction.update(
                  "UPDATE fixtures.state SET value = ? WHERE name = ? AND value = ?",
                  value,
                  name,
                  before.get())
              : transaction.update(
                  "INSERT INTO fixtures.state (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
                  name,
                  value);
      transaction.commit();
      return changed == 1;
    }
  }

  /** Deletes a value; does nothing if there is none. */
  public void remove(String name) throws SQLException, IOException {
    try (var transaction = Transaction.begin(database)) {
      if (isInFile(transaction)) {
        Files.deleteIfExists(file(name));
      } else {
        transaction.update("DELETE FROM fixtures.state WHERE name = ?", name);
        transaction.commit();
      }
    }
  }

  private static boolean isInFile(Transaction transaction) throws SQLException {
    return ReadOnlyDatabase.reason(transaction).isPresent();
  }

  private Optional<String> readFile(String name) throws IOException {
    try {
      return Optional.of(Files.readString(file(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private synchronized boolean replaceFile(String name, Optional<String> before, String value)
      throws IOException {
    if (!readFile(name).equals(before)) {
      return false;
    }
    Files.createDirectories(directory);
    Path fresh = directory.resolve(name + ".new");
    Files.writeString(fresh, value);
    Files.move(fresh, file(name), ATOMIC_MOVE);
    return true;
  }

  private Path file(String name) {
    return directory.resolve(name);
  }
}
