package org.aerpaw.portal.backup.dump;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.fixture.compress.Compression;
import org.aerpaw.portal.backup.fixture.file.FileFormat;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a set says of itself. */
@ExtendWith(TestPortalExtension.class)
class DumpManifestTest {

  @Test
  void hashesAndSizesShouldBeThoseOfTheFiles(TestPortal portal) throws Exception {
    portal.insert("operations_canonicalnumber", "id", 1);
    BackupSet set = portal.set(portal.dump());

    assertThat(set.manifest().files()).hasSize(12);
    for (var file : set.manifest().files().entrySet()) {
      byte[] bytes = Files.readAllBytes(set.folder().resolve(file.getKey()));
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(bytes);
      assertThat(file.getValue().sha256()).isEqualTo(HexFormat.of().formatHex(sha256));
      assertThat(file.getValue().bytes()).isEqualTo(bytes.length);
    }
  }

  @Test
  void setShouldContainOnlyItsFilesAndItsManifest(TestPortal portal) throws Exception {
    BackupSet set = portal.set(portal.dump("users", "projects"));

    try (var files = Files.list(set.folder())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("manifest.json", "projects.json", "users.json");
    }
  }

  @Test
  void momentShouldBeThatOfTheSnapshotAndNameTheSet(TestPortal portal) throws Exception {
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    BackupSet set = portal.set(portal.dump("users"));

    Instant snapshot = set.manifest().files().get("users.json").snapshot();
    assertThat(snapshot).isBetween(before, Instant.now());
    var id = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    assertThat(set.id()).isEqualTo(id.format(snapshot));
  }

  @Test
  void versionsShouldNameThePortalItsSchemaAndPostgres(TestPortal portal) throws Exception {
    Manifest manifest = portal.set(portal.dump("users")).manifest();

    assertThat(manifest.versions()).containsOnlyKeys("portal", "postgresql", "schema");
    assertThat(manifest.versions().get("portal")).matches("[0-9].*");
    assertThat(manifest.versions().get("postgresql")).startsWith("18.");
    assertThat(manifest.versions()).containsEntry("schema", "1");
    assertThat(manifest.wal()).matches("[0-9A-F]+/[0-9A-F]+");
  }

  @Test
  void externalReferencesShouldBeCountedByField(TestPortal portal) throws Exception {
    portal
        .insert("auth_group", "id", 1, "name", "pi")
        .insert("auth_group", "id", 2, "name", "operator")
        .insert("profiles_aerpawuserprofile", "id", 5)
        .insert("users_aerpawuser", "id", 1, "username", "ann", "profile_id", 5)
        .insert("users_aerpawuser", "id", 2, "username", "bob")
        .insert("users_aerpawuser_groups", "aerpawuser_id", 1, "group_id", 1)
        .insert("users_aerpawuser_groups", "aerpawuser_id", 1, "group_id", 2)
        .insert("users_aerpawuser_groups", "aerpawuser_id", 2, "group_id", 2);

    Manifest manifest = portal.set(portal.dump("users")).manifest();

    assertThat(manifest.externalReferences())
        .containsExactly(
            new Manifest.ExternalReference("users.aerpawuser.groups", "auth.group", 3),
            new Manifest.ExternalReference(
                "users.aerpawuser.profile", "profiles.aerpawuserprofile", 1));
    assertThat(manifest.referencedIdentities())
        .isEqualTo(
            Map.of(
                "auth.group",
                List.of(
                    new Manifest.ReferencedObject(1, List.of("pi")),
                    new Manifest.ReferencedObject(2, List.of("operator")))));
  }

  /**
   * Permissions are known by what their content type is known by, which comes last, and their
   * codename.
   */
  @Test
  void identitiesShouldHaveAllPartsOfTheirNaturalKey(TestPortal portal) throws Exception {
    portal
        .insert("users_aerpawuser", "id", 1)
        .insert("django_content_type", "id", 901, "app_label", "zoo", "model", "ape")
        .insert("auth_permission", "id", 902, "content_type_id", 901, "codename", "feed")
        .insert("users_aerpawuser_user_permissions", "aerpawuser_id", 1, "permission_id", 902);

    Manifest manifest = portal.set(portal.dump("users")).manifest();

    assertThat(manifest.referencedIdentities().get("auth.permission"))
        .contains(new Manifest.ReferencedObject(902, List.of("feed", "zoo", "ape")));
  }

  @Test
  void manifestShouldContainTheLayoutOfEachFile(TestPortal portal) throws Exception {
    var oneLine = new FileLayout(null, TimestampPrecision.MILLISECONDS);
    portal.dump();
    var request =
        dumpOf("projects")
            .layout(oneLine)
            .format(FileFormat.JSONL)
            .compress(Compression.GZ)
            .naturalKeys(true, false)
            .build();

    BackupSet set = portal.set(portal.dump(request));

    Manifest.FileEntry users = set.manifest().files().get("users.json");
    assertThat(users.indent()).isEqualTo(2);
    assertThat(users.timestamps()).isEqualTo(TimestampPrecision.EXACT);
    assertThat(users.naturalForeign()).isFalse();
    Manifest.FileEntry projects = set.manifest().files().get("projects.jsonl.gz");
    assertThat(projects.indent()).isNull();
    assertThat(projects.timestamps()).isEqualTo(TimestampPrecision.MILLISECONDS);
    assertThat(projects.naturalForeign()).isTrue();
    assertThat(projects.naturalPrimary()).isFalse();
    assertThat(Manifest.read(set.folder().resolve(Manifest.FILE))).isEqualTo(set.manifest());
  }

  @Test
  void manifestShouldReadBackAsItIs(TestPortal portal) throws Exception {
    BackupSet set = portal.set(portal.dump("users"));
    Path file = set.folder().resolve(Manifest.FILE);

    assertThat(Manifest.read(file)).isEqualTo(set.manifest());
    assertThat(Files.readString(file)).startsWith("{\n    \"format\": 1,\n").endsWith("\n}\n");
  }
}
