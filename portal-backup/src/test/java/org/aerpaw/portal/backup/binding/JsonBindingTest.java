package org.aerpaw.portal.backup.binding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.selection.RelatedObjects;
import org.junit.jupiter.api.Test;

class JsonBindingTest {

  @Test
  void membersThatAreNullShouldHaveTheirDefault() {
    LoadRequest request =
        bind("{\"mode\": null, \"objects\": null, \"with\": null, \"limit\": null}");

    assertThat(request)
        .usingRecursiveComparison()
        .ignoringFields("from")
        .isEqualTo(LoadRequest.DEFAULT);
    assertThat(bind("{\"with\": \"owned\", \"limit\": 5}").with()).isEqualTo(RelatedObjects.OWNED);
  }

  @Test
  void itemsThatAreNullShouldBeRefused() {
    assertThatThrownBy(() -> bind("{\"objects\": [null]}"))
        .isInstanceOf(JsonbException.class)
        .hasMessage("objects[0] must not be null");
  }

  @Test
  void jsonThatIsNestedTooDeeplyShouldBeRefused() {
    assertThatThrownBy(() -> bind("{\"a\":" + "[".repeat(20_000)))
        .isInstanceOf(JsonException.class)
        .hasMessageStartingWith("not JSON");
  }

  private static LoadRequest bind(String json) {
    return JsonBinding.bind(JsonBinding.parseObject(json.getBytes(UTF_8)), LoadRequest.class);
  }
}
