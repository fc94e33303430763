package org.aerpaw.portal.backup.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Builds the joins that a statement needs to access columns of referenced models. */
public final class Joins {

  private final Map<List<Field>, String> aliases = new HashMap<>();
  private final Function<Model, String> tables;
  private final StringBuilder sql = new StringBuilder();

  /**
   * @param root the alias of the table at which paths start
   */
  public Joins(String root) {
    this(root, Model::sql);
  }

  /**
   * @param tables the table of a model in the statement
   */
  public Joins(String root, Function<Model, String> tables) {
    this.tables = tables;
    aliases.put(List.of(), root);
  }

  /** Returns the qualified column and adds the joins that it needs. */
  public String column(ColumnPath path) {
    return alias(path.references()) + "." + path.column().sql();
  }

  /** The JOIN clauses. */
  public String sql() {
    return sql.toString();
  }

  private String alias(List<Field> references) {
    String known = aliases.get(references);
    if (known != null) {
      return known;
    }
    Field reference = references.get(references.size() - 1);
    String from = alias(references.subList(0, references.size() - 1));
    String alias = "join" + aliases.size();
    Model target = reference.target();
    sql.append(" LEFT JOIN ").append(tables.apply(target)).append(' ').append(alias);
    sql.append(" ON ").append(alias).append('.').append(target.key().sql());
    sql.append(" = ").append(from).append('.').append(reference.column().sql());
    aliases.put(references, alias);
    return alias;
  }
}
