package org.aerpaw.portal.backup.postgres;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL text with named places, such as <code>DELETE FROM {table} WHERE {key} = ?</code>, and what
 * stands there: quoted names and pieces of SQL of our own, never values. Immutable.
 */
public final class SqlTemplate {

  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)\\}");

  private final Map<String, String> pieces;

  private SqlTemplate(Map<String, String> pieces) {
    this.pieces = pieces;
  }

  public static SqlTemplate with(String place, String sql) {
    return new SqlTemplate(Map.of(place, sql));
  }

  /** The same, and what stands in one more place. */
  public SqlTemplate and(String place, String sql) {
    Map<String, String> more = new HashMap<>(pieces);
    more.put(place, sql);
    return new SqlTemplate(more);
  }

  /**
   * The text with its places filled.
   *
   * @throws IllegalArgumentException if it has a place that nothing stands in
   */
  public String fill(String text) {
    return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(piece(place.group(1))));
  }

  private String piece(String place) {
    String sql = pieces.get(place);
    if (sql == null) {
      throw new IllegalArgumentException("no value for {" + place + "}");
    }
    return sql;
  }
}
