package org.aerpaw.portal.web.sets;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Sha256;
import org.aerpaw.portal.backup.fixture.compress.Compression;
import org.aerpaw.portal.backup.fixture.file.FileFormat;
import org.aerpaw.portal.backup.fixture.file.FixtureName;
import org.aerpaw.portal.web.errors.Problem;

/**
 * Responds with a file of a set, with conditional and range requests (RFC 9110, sections 13 and
 * 14).
 */
final class FileResponse {

  static final String JSON_LINES = "application/x-ndjson";

  private final Path file;
  private final long length;
  private final EntityTag tag;

  private FileResponse(Path file, long length, EntityTag tag) {
    this.file = file;
    this.length = length;
    this.tag = tag;
  }

  /** Empty if the set has no file of this name. */
  static Optional<FileResponse> of(BackupSet set, String name) throws IOException {
    Optional<Path> file = set.file(name);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Manifest.FileEntry entry = set.manifest().files().get(name);
    try {
      String sha256 = entry == null ? sha256(file.get()) : entry.sha256();
      return Optional.of(
          new FileResponse(file.get(), Files.size(file.get()), new EntityTag(sha256)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** The sha256 of the manifest, which does not contain its own. */
  private static String sha256(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    digest.update(Files.readAllBytes(file));
    return Sha256.hex(digest);
  }

  /**
   * @param range the header or null; only a single range is supported, otherwise the whole file is
   *     sent
   * @param ifRange the header or null
   */
  Response to(Request request, String range, String ifRange) throws IOException {
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    if (unchanged != null) {
      return unchanged.build();
    }
    boolean sameFile = ifRange == null || ifRange.equals('"' + tag.getValue() + '"');
    Optional<ByteRange> wanted = sameFile ? ByteRange.parse(range, length) : Optional.empty();
    if (wanted.isEmpty()) {
      return answer(Response.Status.OK, new ByteRange(0, length - 1)).build();
    }
    if (!wanted.get().isWithin(length)) {
      int status = Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE.getStatusCode();
      return Problem.of(status, "The file has " + length + " bytes.")
          .response()
          .header("Content-Range", "bytes */" + length)
          .build();
    }
    return answer(Response.Status.PARTIAL_CONTENT, wanted.get())
        .header("Content-Range", "bytes " + wanted.get() + "/" + length)
        .build();
  }

  private Response.ResponseBuilder answer(Response.Status status, ByteRange part)
      throws IOException {
    // Opened now: should the set be removed meanwhile, the client gets it whole all the same.
    FileChannel channel = FileChannel.open(file);
    StreamingOutput content =
        out -> {
          try (channel) {
            var to = Channels.newChannel(out);
            long at = part.first();
            while (at <= part.last()) {
              at += channel.transferTo(at, part.last() + 1 - at, to);
            }
          }
        };
    return Response.status(status)
        .entity(content)
        .type(type(file.getFileName().toString()))
        .tag(tag)
        .header("Accept-Ranges", "bytes")
        .header("Content-Length", part.length());
  }

  /** The media type of a fixture file or a manifest. */
  static String type(String name) {
    if (name.endsWith(FixtureName.ENCRYPTED)) {
      return MediaType.APPLICATION_OCTET_STREAM;
    }
    Optional<FixtureName> fixture = FixtureName.of(name);
    Compression compression = fixture.map(FixtureName::compression).orElse(Compression.NONE);
    if (compression != Compression.NONE) {
      return compression.mediaType();
    }
    return fixture.map(FixtureName::format).filter(FileFormat.JSONL::equals).isPresent()
        ? JSON_LINES
        : MediaType.APPLICATION_JSON;
  }
}
