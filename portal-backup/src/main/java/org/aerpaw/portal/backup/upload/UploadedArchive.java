package org.aerpaw.portal.backup.upload;

import static org.aerpaw.portal.backup.upload.UploadRefusedException.invalid;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Pin;
import org.aerpaw.portal.backup.catalog.VerificationResult;
import org.aerpaw.portal.backup.upload.UploadRefusedException.Reason;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * An uploaded zip archive whose entries have been checked: plain files with plain names, all in one
 * directory or in none, not too many and not too large.
 */
final class UploadedArchive implements AutoCloseable {

  /** Twelve apps and a few more, in each of the formats. */
  static final int MAX_FILES = 1000;

  /**
   * Deflate can shrink data about 1,000 times, but JSON only about 20 times. An archive with a
   * larger ratio than this is refused as a decompression bomb.
   */
  static final long MAX_RATIO = 200;

  private static final int MAX_NAME = 200;
  private static final int MAX_MANIFEST_BYTES = 1 << 26;

  /** Enough for the names of all files. */
  private static final long MAX_DIRECTORY_BYTES = 1 << 20;

  private static final Pattern PLAIN_NAME =
      Pattern.compile("[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]*");

  /** Files of a set that its manifest does not list. They are ignored in an upload. */
  private static final Set<String> IGNORED = Set.of(VerificationResult.FILE, Pin.FILE);

  private final ZipFile zip;
  private final Map<String, ZipArchiveEntry> files = new TreeMap<>();

  private UploadedArchive(ZipFile zip) {
    this.zip = zip;
  }

  /**
   * Opens an archive and checks its entries.
   *
   * @param maxBytes how many bytes all files may have together
   */
  static UploadedArchive open(Path file, long maxBytes) throws IOException {
    var archive = new UploadedArchive(zip(file));
    try {
      archive.check(Files.size(file), maxBytes);
      return archive;
    } catch (IOException | RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  private static ZipFile zip(Path file) throws UploadRefusedException {
    try {
      if (ZipDirectory.bytes(file) <= MAX_DIRECTORY_BYTES) {
        return ZipFile.builder().setPath(file).get();
      }
    } catch (IOException e) {
      throw invalid("the upload is not a readable zip archive: " + e.getMessage());
    }
    throw invalid(
        "the central directory of the archive is larger than " + MAX_DIRECTORY_BYTES + " bytes");
  }

  /**
   * @param packedBytes the size of the archive; entries may share bytes of it
   */
  private void check(long packedBytes, long maxBytes) throws UploadRefusedException {
    List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
    if (entries.size() > MAX_FILES) {
      throw invalid("the archive contains more than " + MAX_FILES + " files");
    }
    Set<String> folded = new HashSet<>();
    Set<String> directories = new HashSet<>();
    long bytes = 0;
    for (ZipArchiveEntry entry : entries) {
      String name = checkedName(entry, directories);
      if (entry.isDirectory()) {
        continue;
      }
      if (!folded.add(name.toLowerCase(Locale.ROOT))) {
        throw invalid("the archive contains " + quoted(name) + " more than once (case is ignored)");
      }
      if (entry.getSize() < 0) {
        throw invalid("the archive does not state the size of " + quoted(name));
      }
      if (entry.getSize() > maxBytes) {
        throw UploadRefusedException.tooLarge(
            name + " unpacks to " + entry.getSize() + " bytes", maxBytes);
      }
      bytes += entry.getSize();
      if (!IGNORED.contains(name)) {
        files.put(name, entry);
      }
    }
    if (directories.size() > 1) {
      throw invalid("the files of the archive are not all in the same directory");
    }
    if (bytes / MAX_RATIO > packedBytes) {
      throw invalid("the archive unpacks to more than " + MAX_RATIO + " times its size");
    }
    if (bytes > maxBytes) {
      throw UploadRefusedException.tooLarge("the archive unpacks to " + bytes + " bytes", maxBytes);
    }
  }

  /**
   * @param directories receives the directory that the entry is in, empty for none
   * @return the name in this directory
   */
  private String checkedName(ZipArchiveEntry entry, Set<String> directories)
      throws UploadRefusedException {
    String path = entry.getName();
    int slash = path.indexOf('/');
    String directory = slash < 0 ? "" : path.substring(0, slash);
    String name = path.substring(slash + 1);
    boolean onlyDirectory = entry.isDirectory() && name.isEmpty();
    if (path.length() > MAX_NAME
        || slash >= 0 && !PLAIN_NAME.matcher(directory).matches()
        || !onlyDirectory && !PLAIN_NAME.matcher(name).matches()) {
      throw invalid(
          "the archive contains the path "
              + quoted(path)
              + "; allowed: files, in one directory or in none, whose names do not begin with a"
              + " dot");
    }
    if (entry.isUnixSymlink() || !entry.isDirectory() && isSpecial(entry)) {
      throw invalid(quoted(path) + " is not a regular file");
    }
    if (!zip.canReadEntryData(entry)) {
      throw invalid(quoted(path) + " is encrypted, or compressed in an unknown way");
    }
    directories.add(directory);
    return name;
  }

  /** Archives that were not made on Unix have no mode. */
  private static boolean isSpecial(ZipArchiveEntry entry) {
    int type = entry.getUnixMode() & 0170000;
    return type != 0 && type != 0100000;
  }

  /** What is shown of a hostile name. */
  private static String quoted(String name) {
    String shown = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) + "..." : name;
    return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
  }

  /** The names of the files, without the manifest. */
  List<String> names() {
    List<String> names = new ArrayList<>(files.keySet());
    names.remove(Manifest.FILE);
    return names;
  }

  /** The bytes of the manifest; empty if there is none. */
  Optional<byte[]> manifest() throws IOException {
    if (!files.containsKey(Manifest.FILE)) {
      return Optional.empty();
    }
    try (InputStream in = open(Manifest.FILE)) {
      byte[] bytes = in.readNBytes(MAX_MANIFEST_BYTES + 1);
      if (bytes.length > MAX_MANIFEST_BYTES) {
        throw new UploadRefusedException(Reason.TOO_LARGE, "the manifest is too large");
      }
      return Optional.of(bytes);
    }
  }

  /** The unpacked size that the archive states. */
  long size(String name) {
    return files.get(name).getSize();
  }

  /** The CRC-32 that the archive states. */
  long crc(String name) {
    return files.get(name).getCrc();
  }

  InputStream open(String name) throws IOException {
    return zip.getInputStream(files.get(name));
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
