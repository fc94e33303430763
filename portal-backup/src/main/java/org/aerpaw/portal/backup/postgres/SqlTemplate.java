package org.aerpaw.portal.backup.postgres;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces named placeholders in SQL text, such as <code>DELETE FROM {table} WHERE {key} = ?</code>
 * , by quoted identifiers and SQL fragments, never by values. Immutable.
 */
public final class SqlTemplate {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)\\}");

  private final Map<String, String> fragments;

  private SqlTemplate(Map<String, String> fragments) {
    this.fragments = fragments;
  }

  public static SqlTemplate with(String name, String sql) {
    return new SqlTemplate(Map.of(name, sql));
  }

  /** A template with one more placeholder. */
  public SqlTemplate and(String name, String sql) {
    Map<String, String> more = new HashMap<>(fragments);
    more.put(name, sql);
    return new SqlTemplate(more);
  }

  /**
   * The text with its placeholders replaced.
   *
   * @throws IllegalArgumentException if a placeholder has no value
   */
  public String fill(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(fragment(match.group(1))));
  }

  private String fragment(String name) {
    String sql = fragments.get(name);
    if (sql == null) {
      throw new IllegalArgumentException("no value for {" + name + "}");
    }
    return sql;
  }
}
