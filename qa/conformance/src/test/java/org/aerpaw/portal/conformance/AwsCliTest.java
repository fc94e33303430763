package org.aerpaw.portal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.TreeSet;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.retention.RetentionRules;
import org.aerpaw.portal.backup.store.contents.StoreSettings;
import org.aerpaw.portal.backup.store.files.S3Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy in S3, as Debian's {@code aws} sees it. */
class AwsCliTest {

  @TempDir private Path folder;

  @Test
  void awsShouldListAndDownloadTheFilesOfTheSet() throws Exception {
    S3Server server = S3Server.shared();
    String location = "s3://" + server.createBucket() + "/backup/portal";
    var store =
        new StoreSettings(
            URI.create(location),
            Optional.of(server.endpoint()),
            RetentionRules.keepLast(10, ZoneOffset.UTC));
    try (TestPortal portal =
        TestPortal.migrated(folder.resolve("portal")).withStore(store, InstantSource.system())) {
      for (Path file : DjangoSetTest.files(DjangoSetTest.SET)) {
        portal.withFixture(file);
      }
      assertThat(portal.load().errors()).isEmpty();
      BackupSet set = portal.set(portal.dump());
      assertThat(portal.engine.store().copyAndWait(set, "a test").errors()).isEmpty();
      var files = new TreeSet<>(set.manifest().files().keySet());
      files.add(Manifest.FILE);

      String copy = location + "/" + set.id();
      String listed =
          aws(server, "s3 ls %s/ | while read -r day time bytes name; do echo $name; done", copy);
      aws(server, "s3 cp --quiet --recursive %s copy && diff -r copy %s", copy, set.folder());

      assertThat(listed.lines()).containsExactlyElementsOf(files);
    }
  }

  private String aws(S3Server server, String command, Object... arguments) throws Exception {
    return Shell.execute(
        folder,
        "AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s AWS_REGION=us-east-1 /usr/bin/aws"
                .formatted(
                    System.getProperty("aws.accessKeyId"),
                    System.getProperty("aws.secretAccessKey"))
            + " --endpoint-url "
            + server.endpoint()
            + " "
            + command.formatted(arguments));
  }
}
