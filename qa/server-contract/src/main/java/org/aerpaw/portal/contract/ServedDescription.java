package org.aerpaw.portal.contract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.Yaml;

/** Parses an API description without what a server adds to it. */
final class ServedDescription {

  private ServedDescription() {}

  static Map<String, Object> parse(String yaml) {
    Map<String, Object> description = new LinkedHashMap<>(new Yaml().load(yaml));
    description.keySet().removeAll(Set.of("servers", "endpoints"));
    return description;
  }
}
