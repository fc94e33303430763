package org.aerpaw.portal.backup.store.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Sha256;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket of Amazon S3 or of a server that speaks its protocol. Objects are named {@code
 * prefix/set/file}; their metadata contain the sha256, since not every server keeps checksums.
 */
final class S3Store implements Store {

  private static final String CONTENT_TYPE = "application/octet-stream";
  private static final String SHA256 = "sha256";
  private static final int ATTEMPTS = 5;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

  /**
   * Larger files are stored in parts. S3 allows 5 GiB in one request, but after a lost connection
   * all of it is sent again.
   */
  private static final long MAX_IN_ONE_REQUEST = 1L << 30;

  private static final long PART_BYTES = 1L << 28;

  private static final int PRECONDITION_FAILED = 412;
  private static final int NOT_IMPLEMENTED = 501;

  private final S3Client client;
  private final String bucket;
  private final String prefix;
  private final long maxInOneRequest;
  private final long partBytes;

  /** The If-None-Match header; null once the server has said that it does not support it. */
  private volatile String ifNoneMatch = "*";

  private S3Store(
      S3Client client, String bucket, String prefix, long maxInOneRequest, long partBytes) {
    this.client = client;
    this.bucket = bucket;
    this.prefix = prefix;
    this.maxInOneRequest = maxInOneRequest;
    this.partBytes = partBytes;
  }

  /**
   * @param location {@code s3://bucket/prefix}
   */
  static S3Store of(URI location, Optional<URI> endpoint) {
    return of(location, endpoint, MAX_IN_ONE_REQUEST, PART_BYTES);
  }

  /**
   * @param maxInOneRequest larger files are stored in parts of the given size
   */
  static S3Store of(URI location, Optional<URI> endpoint, long maxInOneRequest, long partBytes) {
    String path = location.getPath().replaceAll("^/+|/+$", "");
    return new S3Store(
        client(endpoint),
        location.getAuthority(),
        path.isEmpty() ? "" : path + "/",
        maxInOneRequest,
        partBytes);
  }

  private static S3Client client(Optional<URI> endpoint) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_TIMEOUT)
                    .socketTimeout(READ_TIMEOUT))
            // Not every server knows the default checksums; the sha256 is checked anyway.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                client ->
                    client.retryStrategy(
                        StandardRetryStrategy.builder().maxAttempts(ATTEMPTS).build()));
    endpoint.ifPresent(
        url -> builder.endpointOverride(url).forcePathStyle(true).region(regionOrDefault()));
    return builder.build();
  }

  /** Servers other than Amazon's need none, but the signature does. */
  private static Region regionOrDefault() {
    try {
      return new AwsRegionProviderChain(
              new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
          .getRegion();
    } catch (SdkClientException e) {
      return Region.US_EAST_1;
    }
  }

  @Override
  public List<StoredCopy> list() throws StoreException {
    return inStore(
        () -> {
          Map<String, Map<String, Long>> sets = new HashMap<>();
          for (S3Object object :
              client
                  .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix))
                  .contents()) {
            String[] path = object.key().substring(prefix.length()).split("/", -1);
            if (path.length == 2 && BackupCatalog.isId(path[0])) {
              sets.computeIfAbsent(path[0], set -> new HashMap<>()).put(path[1], object.size());
            }
          }
          List<StoredCopy> copies = new ArrayList<>();
          sets.forEach((set, files) -> copies.add(new StoredCopy(set, files)));
          return copies;
        });
  }

  private String key(String set, String file) {
    return prefix + set + "/" + file;
  }

  @Override
  public String sha256(String set, String file) throws IOException {
    String stored =
        inFile(
            set,
            file,
            () ->
                client
                    .headObject(request -> request.bucket(bucket).key(key(set, file)))
                    .metadata()
                    .get(SHA256));
    if (stored != null) {
      return stored;
    }
    // Another program has stored the file.
    MessageDigest digest = Sha256.digest();
    try (var in = new DigestInputStream(open(set, file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return Sha256.hex(digest);
  }

  @Override
  public void put(String set, SetFile file) throws IOException {
    try {
      putConditionally(set, file);
    } catch (S3Exception e) {
      if (e.statusCode() != PRECONDITION_FAILED) {
        throw failure(e);
      }
      // A repeated request finds the object of the first one, whose response was lost.
      if (!sha256(set, file.name()).equals(file.sha256())) {
        throw new StoreException(
            file.name()
                + " already exists in the store with different content; it was not overwritten",
            e);
      }
    } catch (SdkException e) {
      throw failure(e);
    }
  }

  private void putConditionally(String set, SetFile file) throws IOException {
    try {
      putOnce(set, file);
    } catch (S3Exception e) {
      if (e.statusCode() != NOT_IMPLEMENTED || ifNoneMatch == null) {
        throw e;
      }
      ifNoneMatch = null;
      putOnce(set, file);
    }
  }

  private void putOnce(String set, SetFile file) throws IOException {
    if (file.bytes() > maxInOneRequest) {
      putInParts(key(set, file.name()), file);
      return;
    }
    var content = new Source(file::open);
    try {
      client.putObject(
          request ->
              request
                  .bucket(bucket)
                  .key(key(set, file.name()))
                  .metadata(Map.of(SHA256, file.sha256()))
                  .checksumSHA256(base64(file.sha256()))
                  .ifNoneMatch(ifNoneMatch),
          RequestBody.fromContentProvider(content, file.bytes(), CONTENT_TYPE));
    } catch (SdkException | UncheckedIOException e) {
      content.throwIfUnreadable();
      throw e;
    }
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  /** The whole content is checked first, since the sha256 is that of all parts together. */
  private void putInParts(String key, SetFile file) throws IOException {
    try (InputStream all = file.open()) {
      all.transferTo(OutputStream.nullOutputStream());
    }
    String upload =
        client
            .createMultipartUpload(
                request ->
                    request
                        .bucket(bucket)
                        .key(key)
                        .contentType(CONTENT_TYPE)
                        .metadata(Map.of(SHA256, file.sha256())))
            .uploadId();
    try {
      List<CompletedPart> parts = putParts(key, file, upload);
      client.completeMultipartUpload(
          request ->
              request
                  .bucket(bucket)
                  .key(key)
                  .uploadId(upload)
                  .multipartUpload(all -> all.parts(parts))
                  .ifNoneMatch(ifNoneMatch));
    } catch (IOException | RuntimeException e) {
      abort(key, upload, e);
      throw e;
    }
  }

  private List<CompletedPart> putParts(String key, SetFile file, String upload) throws IOException {
    List<CompletedPart> parts = new ArrayList<>();
    for (long start = 0; start < file.bytes(); start += partBytes) {
      long offset = start;
      long length = Math.min(partBytes, file.bytes() - offset);
      int number = parts.size() + 1;
      var content = new Source(() -> part(file, offset, length));
      try {
        String tag =
            client
                .uploadPart(
                    request -> request.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                    RequestBody.fromContentProvider(content, length, CONTENT_TYPE))
                .eTag();
        parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
      } catch (SdkException | UncheckedIOException e) {
        content.throwIfUnreadable();
        throw e;
      }
    }
    return parts;
  }

  private static InputStream part(SetFile file, long offset, long length) throws IOException {
    InputStream in = file.content().open();
    in.skipNBytes(offset);
    return new BulkInputStream(in) {
      private long left = length;

      @Override
      public int read(byte[] target, int start, int number) throws IOException {
        int count = left == 0 ? -1 : super.read(target, start, (int) Math.min(number, left));
        left -= Math.max(count, 0);
        return count;
      }
    };
  }

  private void abort(String key, String upload, Exception cause) {
    try {
      client.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
    } catch (SdkException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public InputStream open(String set, String file) throws StoreException {
    return inFile(
        set, file, () -> client.getObject(request -> request.bucket(bucket).key(key(set, file))));
  }

  @Override
  public void delete(String set) throws IOException {
    deleteObject(set, Manifest.FILE);
    for (StoredCopy copy : list()) {
      if (copy.set().equals(set)) {
        for (String file : copy.files().keySet()) {
          deleteObject(set, file);
        }
      }
    }
  }

  private void deleteObject(String set, String file) throws StoreException {
    inStore(() -> client.deleteObject(request -> request.bucket(bucket).key(key(set, file))));
  }

  @Override
  public void close() {
    client.close();
  }

  @FunctionalInterface
  private interface Call<T> {
    T execute() throws StoreException;
  }

  /** Reads a file that exists unless somebody has deleted it. */
  private <T> T inFile(String set, String file, Call<T> call) throws StoreException {
    return inStore(
        () -> {
          try {
            return call.execute();
          } catch (NoSuchKeyException e) {
            throw new StoreException(file + " of the set " + set + " is not in the store", e);
          }
        });
  }

  private <T> T inStore(Call<T> call) throws StoreException {
    try {
      return call.execute();
    } catch (SdkException e) {
      throw failure(e);
    }
  }

  private StoreException failure(SdkException e) {
    return S3Errors.describe(e, bucket);
  }

  /** The body of a request, which is opened again for each attempt. */
  private static final class Source implements ContentStreamProvider {

    private final SetFile.Content content;

    /** Why the content cannot be read; null if it can. */
    private volatile IOException failure;

    Source(SetFile.Content content) {
      this.content = content;
    }

    @Override
    public InputStream newStream() {
      if (failure != null) {
        // Another attempt would not help. This exception ends them.
        throw new UncheckedIOException(failure);
      }
      try {
        return new Recording(content.open());
      } catch (IOException e) {
        failure = e;
        throw new UncheckedIOException(e);
      }
    }

    void throwIfUnreadable() throws IOException {
      if (failure != null) {
        throw failure;
      }
    }

    private final class Recording extends BulkInputStream {

      Recording(InputStream in) {
        super(in);
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        try {
          return super.read(target, offset, length);
        } catch (IOException e) {
          failure = e;
          throw e;
        }
      }
    }
  }
}
