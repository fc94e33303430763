package org.aerpaw.portal.backup.postgres.checks;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.backup.postgres.Transaction;

/** Collects the privileges that the role of a connection lacks, and how they are granted. */
public final class MissingPrivileges {

  private static final String ON_TABLES =
      """
      SELECT string_agg(p, ', ' ORDER BY number), to_regclass(t)::text
      FROM unnest(?) t CROSS JOIN unnest(?) WITH ORDINALITY privilege (p, number)
      WHERE NOT has_table_privilege(to_regclass(t), p)
      GROUP BY 2 ORDER BY 2
      """;

  private static final String ON_SEQUENCES =
      """
      SELECT string_agg(p, ', ' ORDER BY number), s.oid::regclass::text
      FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_class s ON s.oid = d.objid
      CROSS JOIN unnest(?) WITH ORDINALITY privilege (p, number)
      WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i')
        AND s.relkind = 'S' AND d.refobjid = ANY (SELECT to_regclass(t) FROM unnest(?) t)
        AND NOT has_sequence_privilege(s.oid, p)
      GROUP BY s.oid ORDER BY 2
      """;

  private static final String ON_SCHEMAS =
      """
      SELECT string_agg(p, ', ' ORDER BY number), quote_ident(nspname)
      FROM pg_catalog.pg_namespace CROSS JOIN unnest(?) WITH ORDINALITY privilege (p, number)
      WHERE nspname = ANY (?) AND NOT has_schema_privilege(oid, p)
      GROUP BY 2 ORDER BY 2
      """;

  private static final String ON_DATABASE =
      """
      SELECT string_agg(p, ', ' ORDER BY number), quote_ident(current_database())
      FROM unnest(?) WITH ORDINALITY privilege (p, number)
      WHERE NOT has_database_privilege(current_database(), p) HAVING count(*) > 0
      """;

  private enum Kind {
    TABLE("", ""),
    SEQUENCE("sequence ", "SEQUENCE "),
    SCHEMA("schema ", "SCHEMA "),
    DATABASE("database ", "DATABASE ");

    private final String inSentence;
    private final String inStatement;

    Kind(String inSentence, String inStatement) {
      this.inSentence = inSentence;
      this.inStatement = inStatement;
    }
  }

  private record Privileges(String names, Kind kind) {}

  private final Transaction transaction;
  private final String role;

  /** The names of objects, quoted where necessary, by what the role lacks on them. */
  private final Map<Privileges, List<String>> objects = new LinkedHashMap<>();

  private MissingPrivileges(Transaction transaction) throws SQLException {
    this.transaction = transaction;
    this.role = transaction.queryOne(row -> row.getString(1), "SELECT quote_ident(current_user)");
  }

  public static MissingPrivileges of(Transaction transaction) throws SQLException {
    return new MissingPrivileges(transaction);
  }

  /** Requires privileges on those of the tables that exist. */
  public MissingPrivileges onTables(Collection<String> tables, String... privileges)
      throws SQLException {
    return add(Kind.TABLE, ON_TABLES, tables.toArray(), privileges);
  }

  /** Requires privileges on the sequences that belong to columns of tables. */
  public MissingPrivileges onSequencesOf(Collection<String> tables, String... privileges)
      throws SQLException {
    return add(Kind.SEQUENCE, ON_SEQUENCES, privileges, tables.toArray());
  }

  /** Requires privileges on those of the schemas that exist. */
  public MissingPrivileges onSchemas(Collection<String> names, String... privileges)
      throws SQLException {
    return add(Kind.SCHEMA, ON_SCHEMAS, privileges, names.toArray());
  }

  public MissingPrivileges onDatabase(String... privileges) throws SQLException {
    return add(Kind.DATABASE, ON_DATABASE, new Object[][] {privileges});
  }

  private MissingPrivileges add(Kind kind, String sql, Object[]... parameters) throws SQLException {
    Object[] arrays = new Object[parameters.length];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = transaction.connection().createArrayOf("text", parameters[i]);
    }
    transaction.query(
        row ->
            objects
                .computeIfAbsent(
                    new Privileges(row.getString(1), kind), missing -> new ArrayList<>())
                .add(row.getString(2)),
        sql,
        arrays);
    return this;
  }

  public boolean isEmpty() {
    return objects.isEmpty();
  }

  /** One sentence for each object. */
  public List<String> sentences() {
    return objects.entrySet().stream()
        .flatMap(
            missing -> missing.getValue().stream().map(name -> sentence(missing.getKey(), name)))
        .toList();
  }

  private String sentence(Privileges missing, String names) {
    return "role %s lacks %s on %s%s"
        .formatted(role, missing.names(), missing.kind().inSentence, names);
  }

  /** All of them, with the statements that grant them. */
  public String describe() {
    String lacks =
        objects.entrySet().stream()
            .map(missing -> sentence(missing.getKey(), String.join(", ", missing.getValue())))
            .collect(joining("; "));
    String grants =
        objects.entrySet().stream()
            .map(missing -> grant(missing.getKey(), String.join(", ", missing.getValue())))
            .collect(joining("; "));
    return lacks + ". To grant that: " + grants;
  }

  private String grant(Privileges missing, String names) {
    return "GRANT %s ON %s%s TO %s"
        .formatted(missing.names(), missing.kind().inStatement, names, role);
  }
}
