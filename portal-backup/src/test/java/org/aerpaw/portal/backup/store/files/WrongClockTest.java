package org.aerpaw.portal.backup.store.files;

import static org.aerpaw.portal.backup.store.files.StoreTest.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.core.SdkGlobalTime;

/** A server whose clock differs from that of the store by more than S3 accepts. */
@Isolated("the offset of the clock is the same for all clients")
class WrongClockTest {

  @AfterEach
  void correctClock() {
    SdkGlobalTime.setGlobalTimeOffset(0);
  }

  @Test
  void clockThatIsAnHourWrongShouldBeCorrected() throws Exception {
    S3Server server = S3Server.shared();
    SdkGlobalTime.setGlobalTimeOffset(3600);
    try (Store store =
        S3Store.of(URI.create("s3://" + server.createBucket()), Optional.of(server.endpoint()))) {
      store.put("20261122T093000.123Z", file("users.json", "users"));

      assertThat(store.list()).hasSize(1);
      assertThat(SdkGlobalTime.getGlobalTimeOffset()).isBetween(-60, 60);
    }
  }
}
