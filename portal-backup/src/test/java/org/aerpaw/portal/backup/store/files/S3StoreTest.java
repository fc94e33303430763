package org.aerpaw.portal.backup.store.files;

import static org.aerpaw.portal.backup.store.files.StoreTest.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Servers that refuse, fail or are unknown. */
class S3StoreTest {

  private static final String SET = "20261122T093000.123Z";

  private final S3Server server = S3Server.shared();

  @Test
  void storeThatFailsEveryThirdRequestShouldGetAllFiles() throws Exception {
    try (var proxy =
            FaultyProxy.before(
                server, "InternalError", (number, request) -> number % 3 == 0 ? 500 : 0);
        Store store = store(proxy.endpoint(), server.createBucket())) {
      for (int i = 0; i < 10; i++) {
        store.put(SET, file("file" + i, "content " + i));
      }

      assertThat(store.list()).singleElement().matches(copy -> copy.files().size() == 10);
      assertThat(proxy.requests()).isGreaterThan(14);
    }
  }

  /** The answer to the first request is lost after the server has stored the file. */
  @Test
  void repeatedRequestShouldAcceptTheFileOfTheFirstOne() throws Exception {
    String bucket = server.createBucket();
    try (Store direct = store(server.endpoint(), bucket)) {
      direct.put(SET, file("users.json", "users"));
      direct.put(SET, file("users.json", "users"));

      assertThat(direct.list()).hasSize(1);
    }
  }

  @Test
  void fileShouldBeStoredOnServersWithoutConditionalWrites() throws Exception {
    try (var proxy =
            FaultyProxy.before(
                server,
                "NotImplemented",
                (number, request) ->
                    request.getRequestHeaders().containsKey("If-None-Match") ? 501 : 0);
        Store store = store(proxy.endpoint(), server.createBucket())) {
      store.put(SET, file("users.json", "users"));
      store.put(SET, file("roles.json", "roles"));

      assertThat(store.list()).singleElement().matches(copy -> copy.files().size() == 2);
    }
  }

  @Test
  void errorForAWrongSecretShouldNotContainPartsOfTheSignature() throws Exception {
    try (S3Server other = S3Server.withOtherSecret();
        Store store = store(other.endpoint(), other.createBucket())) {
      assertThatThrownBy(store::list)
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "the store refuses access (403 SignatureDoesNotMatch): check AWS_ACCESS_KEY_ID,"
                  + " AWS_SECRET_ACCESS_KEY and the permissions on the bucket");
      assertThatThrownBy(() -> store.put(SET, file("users.json", "users")))
          .hasMessageStartingWith("the store refuses access (403 SignatureDoesNotMatch)");
    }
  }

  @Test
  void errorShouldSayThatTheClocksDiffer() throws Exception {
    try (var proxy = FaultyProxy.before(server, "RequestTimeTooSkewed", (number, request) -> 403);
        Store store = store(proxy.endpoint(), "bucket")) {
      assertThatThrownBy(store::list)
          .hasMessage(
              "the store refuses requests, because its clock and the clock of this server differ"
                  + " (403 RequestTimeTooSkewed): check NTP on both");
    }
  }

  @Test
  void errorShouldSayThatTheStoreIsFull() throws Exception {
    try (var proxy = FaultyProxy.before(server, "QuotaExceeded", (number, request) -> 403);
        Store store = store(proxy.endpoint(), "bucket")) {
      assertThatThrownBy(() -> store.put(SET, file("users.json", "users")))
          .hasMessage("the store is full (403 QuotaExceeded)");
    }
  }

  @Test
  void errorShouldNameTheMissingBucket() throws Exception {
    try (Store store = store(server.endpoint(), "no-such-bucket")) {
      assertThatThrownBy(store::list).hasMessage("the bucket no-such-bucket does not exist");
    }
  }

  @Test
  void errorShouldSayThatTheStoreCannotBeReached() throws Exception {
    try (Store store = store(URI.create("http://127.0.0.1:1"), "bucket")) {
      assertThatThrownBy(store::list)
          .hasMessageStartingWith("the store cannot be reached: Connection refused");
    }
  }

  private static Store store(URI endpoint, String bucket) throws IOException {
    return S3Store.of(URI.create("s3://" + bucket + "/backups"), Optional.of(endpoint));
  }
}
