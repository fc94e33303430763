package org.aerpaw.portal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.Converter;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.MappedSuperclass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PersistenceUnitTest {

  private static final Pattern LISTED = Pattern.compile("<class>(.*)</class>");

  @Test
  void persistenceXmlShouldListEveryMappedClass() throws IOException {
    List<String> mapped =
        MappedModels.classes().stream()
            .filter(PersistenceUnitTest::isMapped)
            .map(Class::getName)
            .sorted()
            .toList();
    assertThat(listed()).containsExactlyElementsOf(mapped);
  }

  private static boolean isMapped(Class<?> type) {
    return Stream.of(Entity.class, MappedSuperclass.class, Embeddable.class, Converter.class)
        .anyMatch(type::isAnnotationPresent);
  }

  private static List<String> listed() throws IOException {
    try (var xml = PersistenceUnitTest.class.getResourceAsStream("/META-INF/persistence.xml")) {
      return LISTED
          .matcher(new String(xml.readAllBytes(), StandardCharsets.UTF_8))
          .results()
          .map(found -> found.group(1))
          .sorted()
          .toList();
    }
  }
}
