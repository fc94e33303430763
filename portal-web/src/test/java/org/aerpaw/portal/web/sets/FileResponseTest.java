package org.aerpaw.portal.web.sets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileResponseTest {

  @ParameterizedTest
  @CsvSource({
    "users.json, application/json",
    "users.jsonl, application/x-ndjson",
    "users.json.gz, application/gzip",
    "users.jsonl.gz, application/gzip",
    "manifest.json, application/json",
    "users.json.gz.age, application/octet-stream"
  })
  void mediaTypeShouldFollowFromTheName(String name, String type) {
    assertThat(FileResponse.type(name)).isEqualTo(type);
  }
}
