package org.aerpaw.portal.backup.load.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aerpaw.portal.backup.catalog.Sha256;
import org.aerpaw.portal.backup.postgres.Transaction;

/**
 * Identifies the content of a set of fixture files, to find out whether it was loaded before.
 * Loaded sets are recorded in the table {@code fixtures.loaded_content}.
 *
 * @param sha256 the hash of the names and hashes of the files
 */
public record FixtureSetHash(String sha256) {

  /** Reads and hashes the files. */
  public static FixtureSetHash of(List<FixtureFile> files) throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    for (FixtureFile file : files) {
      var hash = Sha256.digest();
      try (InputStream in = new DigestInputStream(file.open(), hash)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      hashes.put(file.name(), Sha256.hex(hash));
    }
    return of(hashes);
  }

  /**
   * @param hashes the hashes of the files by file name
   */
  public static FixtureSetHash of(SortedMap<String, String> hashes) {
    var hash = Sha256.digest();
    hashes.forEach(
        (name, fileHash) -> hash.update((name + "\n" + fileHash + "\n").getBytes(UTF_8)));
    return new FixtureSetHash(Sha256.hex(hash));
  }

  public boolean wasLoaded(Transaction transaction) throws SQLException {
    return transaction.queryOne(
        row -> row.getBoolean(1),
        "SELECT EXISTS (SELECT FROM fixtures.loaded_content WHERE sha256 = ?)",
        sha256);
  }

  /** Records the set as loaded, in the transaction of the load. */
  public void save(Transaction transaction) throws SQLException {
    transaction.update(
        "INSERT INTO fixtures.loaded_content (sha256) VALUES (?) ON CONFLICT DO NOTHING", sha256);
  }
}
