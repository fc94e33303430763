package org.aerpaw.portal.backup.store.files;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says what an error of S3 means for the operator, and what to do. */
final class S3Errors {

  /** The codes with which servers say that there is no space. */
  private static final Set<String> FULL =
      Set.of(
          "EntityTooLarge",
          "InsufficientStorage",
          "QuotaExceeded",
          "ServiceQuotaExceeded",
          "XMinioStorageFull");

  private static final int INSUFFICIENT_STORAGE = 507;

  private S3Errors() {}

  /** The messages of servers are not repeated, since they contain parts of the signature. */
  static StoreException describe(SdkException e, String bucket) {
    String reason = e instanceof S3Exception s3 ? ofServer(s3, bucket) : ofClient(e);
    return new StoreException(reason, e);
  }

  private static String ofServer(S3Exception e, String bucket) {
    AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    String answer = (e.statusCode() + " " + code).strip();
    if (code.equals("RequestTimeTooSkewed")) {
      return "the store refuses requests, because its clock and the clock of this server differ ("
          + answer
          + "): check NTP on both";
    }
    if (code.equals("NoSuchBucket")) {
      return "the bucket " + bucket + " does not exist";
    }
    if (FULL.contains(code) || e.statusCode() == INSUFFICIENT_STORAGE) {
      return "the store is full (" + answer + ")";
    }
    return switch (e.statusCode()) {
      case 401, 403 ->
          "the store refuses access ("
              + answer
              + "): check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and the permissions on the"
              + " bucket";
      case 301, 307, 400 ->
          "the store refuses the request (" + answer + "): check AWS_REGION and the bucket";
      case 404 -> "the bucket or the file does not exist (" + answer + ")";
      default -> "the store failed (" + answer + ")";
    };
  }

  private static String ofClient(SdkException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return "the store cannot be reached: its host name is unknown";
      }
      if (cause instanceof ConnectException) {
        return "the store cannot be reached: " + cause.getMessage();
      }
      if (cause instanceof SocketTimeoutException) {
        return "the store does not answer";
      }
      if (cause instanceof IOException) {
        return "the connection to the store was lost: " + cause.getMessage();
      }
    }
    String message = String.valueOf(e.getMessage());
    if (message.contains("credentials")) {
      return "there are no credentials for the store: set AWS_ACCESS_KEY_ID and"
          + " AWS_SECRET_ACCESS_KEY";
    }
    return message.contains("region")
        ? "the region of the store is unknown: set AWS_REGION"
        : "the store cannot be used: " + e.getClass().getSimpleName();
  }
}
