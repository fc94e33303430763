package org.aerpaw.portal.backup.store.contents;

import java.net.URI;
import java.util.Optional;
import org.aerpaw.portal.backup.retention.RetentionRules;
import org.aerpaw.portal.backup.store.files.Store;

/**
 * Where sets are copied to.
 *
 * @param location {@code s3://bucket/prefix} or {@code file:///folder}
 * @param endpoint the address of an S3 server other than Amazon's
 * @param retention which copies are kept
 */
public record StoreSettings(URI location, Optional<URI> endpoint, RetentionRules retention) {

  /** What a location may be. */
  public static final String ALLOWED_LOCATIONS =
      "s3://bucket, s3://bucket/prefix or a folder such as file:///mnt/nas/backup";

  /**
   * @throws IllegalArgumentException if the location is not one of the allowed ones, or if an
   *     endpoint is given for a folder
   */
  public StoreSettings {
    boolean s3 = Store.S3.equals(location.getScheme());
    if (location.getQuery() != null
        || location.getFragment() != null
        || !(s3 ? isBucket(location) : isFolder(location))) {
      throw new IllegalArgumentException(ALLOWED_LOCATIONS);
    }
    if (endpoint.isPresent() && !s3) {
      throw new IllegalArgumentException("the store is a folder, which has no endpoint");
    }
  }

  private static boolean isBucket(URI location) {
    return location.getAuthority() != null && !location.getAuthority().matches(".*[:@].*");
  }

  private static boolean isFolder(URI location) {
    return "file".equals(location.getScheme())
        && location.getAuthority() == null
        && location.getPath() != null
        && location.getPath().length() > 1;
  }
}
