package org.aerpaw.portal.backup.store.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.aerpaw.portal.backup.catalog.Sha256;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store can do. */
class StoreTest {

  private static final String SET = "20261122T093000.123Z";
  private static final String OTHER_SET = "20261123T093000.123Z";
  private static final int LARGE = 12 * 1024 * 1024 + 1;

  /** The kinds of stores, each with its directory of files to look at. */
  enum Kind {
    FOLDER,
    S3,
    S3_WITHOUT_PREFIX,
    S3_IN_PARTS
  }

  @TempDir Path folder;
  private Path files;

  private Store open(Kind kind) throws IOException {
    if (kind == Kind.FOLDER) {
      files = folder;
      return new FolderStore(folder);
    }
    String bucket = S3Server.shared().createBucket();
    files = S3Server.shared().directory(bucket);
    var endpoint = Optional.of(S3Server.shared().endpoint());
    return switch (kind) {
      case S3 -> S3Store.of(URI.create("s3://" + bucket + "/a/b/"), endpoint);
      case S3_WITHOUT_PREFIX -> S3Store.of(URI.create("s3://" + bucket), endpoint);
      default -> S3Store.of(URI.create("s3://" + bucket + "/p"), endpoint, 5 << 20, 5 << 20);
    };
  }

  @ParameterizedTest
  @EnumSource
  void storedFileShouldBeReadAndListedWithSizeAndHash(Kind kind) throws Exception {
    try (Store store = open(kind)) {
      assertThat(store.list()).isEmpty();

      SetFile users = file("users.json", "users");
      store.put(SET, users);
      store.put(SET, file("Ä b+%.json", ""));
      store.put(OTHER_SET, file("manifest.json", "{}"));

      assertThat(store.list())
          .containsExactlyInAnyOrder(
              new StoredCopy(SET, Map.of("users.json", 5L, "Ä b+%.json", 0L)),
              new StoredCopy(OTHER_SET, Map.of("manifest.json", 2L)));
      assertThat(store.sha256(SET, "users.json")).isEqualTo(users.sha256());
      try (InputStream in = store.open(SET, "users.json")) {
        assertThat(in).hasContent("users");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void largeFileShouldBeStoredWhole(Kind kind) throws Exception {
    byte[] content = new byte[LARGE];
    new Random(1).nextBytes(content);
    SetFile large = file("large", content);
    try (Store store = open(kind)) {
      store.put(SET, large);

      assertThat(store.sha256(SET, "large")).isEqualTo(large.sha256());
      try (InputStream in = store.open(SET, "large")) {
        assertThat(in.readAllBytes()).isEqualTo(content);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void fileThatIsThereShouldNotBeOverwritten(Kind kind) throws Exception {
    try (Store store = open(kind)) {
      store.put(SET, file("users.json", "first"));

      assertThatThrownBy(() -> store.put(SET, file("users.json", "other")))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("users.json");

      try (InputStream in = store.open(SET, "users.json")) {
        assertThat(in).hasContent("first");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void fileThatDiffersFromItsHashOrSizeShouldNotBeStored(Kind kind) throws Exception {
    try (Store store = open(kind)) {
      SetFile sound = file("users.json", "users");
      for (String content : new String[] {"usert", "user", "another", ""}) {
        var changed =
            new SetFile(
                sound.name(),
                sound.bytes(),
                sound.sha256(),
                () -> new ByteArrayInputStream(content.getBytes(UTF_8)));

        assertThatThrownBy(() -> store.put(SET, changed))
            .isInstanceOf(IOException.class)
            .isNotInstanceOf(StoreException.class)
            .hasMessage("users.json differs from the manifest of its set");
      }
      assertThat(store.list()).noneMatch(copy -> copy.files().containsKey(sound.name()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void largeFileThatDiffersFromItsHashShouldNotBeStored(Kind kind) throws Exception {
    byte[] content = new byte[LARGE];
    SetFile sound = file("large", content);
    byte[] changed = content.clone();
    changed[LARGE - 1]++;
    try (Store store = open(kind)) {
      assertThatThrownBy(
              () ->
                  store.put(
                      SET,
                      new SetFile(
                          "large", LARGE, sound.sha256(), () -> new ByteArrayInputStream(changed))))
          .hasMessage("large differs from the manifest of its set");

      // s3proxy shows what it has received of a request that was broken off, under another name.
      assertThat(store.list()).noneMatch(copy -> copy.files().containsKey("large"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void unreadableFileShouldBeReportedAsItIs(Kind kind) throws Exception {
    var opened = new AtomicLong();
    var unreadable =
        new SetFile(
            "users.json",
            5,
            file("x", "users").sha256(),
            () -> {
              opened.incrementAndGet();
              throw new IOException("bad sector");
            });
    try (Store store = open(kind)) {
      assertThatThrownBy(() -> store.put(SET, unreadable)).hasMessage("bad sector");
      assertThat(opened).hasValue(1);
      assertThat(regularFiles()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void deletedSetShouldBeGoneAndOthersStay(Kind kind) throws Exception {
    try (Store store = open(kind)) {
      store.put(SET, file("users.json", "users"));
      store.put(SET, file("manifest.json", "{}"));
      store.put(OTHER_SET, file("users.json", "users"));

      store.delete(SET);

      assertThat(store.list()).extracting(StoredCopy::set).containsExactly(OTHER_SET);
      assertThat(regularFiles()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void otherFilesBesideTheSetsShouldBeIgnored(Kind kind) throws Exception {
    try (Store store = open(kind)) {
      store.put(SET, file("users.json", "users"));
      Path set;
      try (var all = Files.walk(files)) {
        set = all.filter(path -> path.endsWith(SET)).findFirst().orElseThrow();
      }
      Files.writeString(set.resolveSibling("readme.txt"), "x");
      Files.writeString(
          Files.createDirectory(set.resolveSibling("other")).resolve("manifest.json"), "x");

      assertThat(store.list()).extracting(StoredCopy::set).containsExactly(SET);
    }
  }

  @ParameterizedTest
  @EnumSource
  void missingFileShouldBeNamed(Kind kind) throws Exception {
    try (Store store = open(kind)) {
      assertThatThrownBy(() -> store.open(SET, "users.json"))
          .isInstanceOf(StoreException.class)
          .hasMessageMatching(
              "(users.json of the set .* is not in the store|a file .* does not exist).*")
          .hasMessageNotContaining(folder.toString());
    }
  }

  private long regularFiles() throws IOException {
    try (var all = Files.walk(files)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  static SetFile file(String name, String content) {
    return file(name, content.getBytes(UTF_8));
  }

  static SetFile file(String name, byte[] content) {
    var digest = Sha256.digest();
    digest.update(content);
    return new SetFile(
        name, content.length, Sha256.hex(digest), () -> new ByteArrayInputStream(content));
  }
}
