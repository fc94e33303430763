package org.aerpaw.portal.conformance;

import static org.aerpaw.portal.backup.LoadRequestBuilder.load;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.encryption.Identity;
import org.aerpaw.portal.backup.encryption.Recipients;
import org.aerpaw.portal.backup.load.LoadReport;
import org.aerpaw.portal.backup.run.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted files, in both directions, with Debian's {@code age}. */
class AgeTest {

  @TempDir Path folder;

  private String recipients;

  @BeforeEach
  void createKeys() throws Exception {
    recipients = publicKey("key.txt") + " " + publicKey("recovery.txt");
  }

  @Test
  void ageShouldDecryptAnEncryptedSetWithEachKey() throws Exception {
    try (TestPortal portal = TestPortal.migrated(folder.resolve("portal"))) {
      for (Path file : DjangoSetTest.files(DjangoSetTest.SET)) {
        portal.withFixture(file);
      }
      assertThat(portal.load().errors()).isEmpty();
      BackupSet plain = portal.set(portal.dump());

      TestPortal encrypting = portal.withRecipients(Recipients.parse(recipients));
      BackupSet encrypted = encrypting.set(encrypting.dump());

      for (String file : plain.manifest().files().keySet()) {
        for (String key : List.of("key.txt", "recovery.txt")) {
          Path text = folder.resolve(key + file);
          shell(
              "age -d -i %s %s.gz.age | gunzip > %s", key, encrypted.folder().resolve(file), text);
          assertThat(text).hasSameBinaryContentAs(plain.folder().resolve(file));
        }
      }
      shell("age -d -i key.txt %s/manifest.json.age > manifest", encrypted.folder());
      assertThat(Files.readString(folder.resolve("manifest"))).contains("users.aerpawuser");
    }
  }

  @Test
  void fileThatAgeEncryptedShouldBeLoaded() throws Exception {
    try (TestPortal portal = TestPortal.migrated(folder.resolve("portal"))) {
      List<Path> files = DjangoSetTest.files(DjangoSetTest.SET);
      for (int i = 0; i < files.size(); i++) {
        Path file = files.get(i).toAbsolutePath();
        String name = file.getFileName().toString();
        String recipient = recipients.split(" ")[i % 2];
        if (i % 3 == 0) {
          String armor = i % 2 == 0 ? "-a" : "";
          shell("age %s -r %s -o %s/%s.age %s", armor, recipient, portal.fixtures, name, file);
        } else {
          shell("gzip < %s | age -r %s > %s/%s.gz.age", file, recipient, portal.fixtures, name);
        }
      }
      String identities =
          Files.readString(folder.resolve("key.txt"))
              + Files.readString(folder.resolve("recovery.txt"));

      Run run = portal.load(load().identity(Identity.of(identities)).build());

      assertThat(run.errors()).isEmpty();
      assertThat(run.report(LoadReport.class).created()).isGreaterThan(1000);
    }
  }

  private String publicKey(String file) throws Exception {
    shell("age-keygen -o %s", file);
    shell("age-keygen -y %s > %s.pub", file, file);
    return Files.readString(folder.resolve(file + ".pub")).strip();
  }

  private void shell(String command, Object... arguments) throws Exception {
    Shell.execute(folder, command.formatted(arguments));
  }
}
