package org.aerpaw.portal.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.aerpaw.portal.cli.api.SetEntry;
import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.client.ExitStatus;
import org.aerpaw.portal.cli.client.IdentityFile;
import org.aerpaw.portal.cli.client.PortalClient;
import org.aerpaw.portal.cli.display.CommandContext;
import org.aerpaw.portal.cli.display.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code portal keys check}: proves that a stored key decrypts a set, without sending it. */
public final class KeysCommand implements Command {

  private static final String CHECK = "check";
  private static final String LATEST = "latest";

  /** More than the header of a file with a hundred recipients. */
  private static final int HEADER_BYTES = 1 << 15;

  @Override
  public CommandSpec spec() {
    return Specs.command(
            "keys",
            "./portal keys check key.txt\n./portal keys check key.txt 20261122T093000.123Z",
            "Check that the private key in a file decrypts an encrypted backup set.",
            "",
            "Decrypts, on this machine, the header of every file of the set. The key is not sent"
                + " to the server.",
            "",
            "Exit status: 0 the key decrypts every file, 1 it does not, or the set is not"
                + " encrypted, 2 wrong usage, 3 no server is reachable.")
        .addPositional(
            Specs.positional(CHECK, "0", "1", "Check a key; there are no other actions."))
        .addPositional(
            Specs.positional(
                "FILE",
                "1",
                "1",
                "A private key, as age-keygen wrote it; - reads it from standard input."))
        .addPositional(
            Specs.positional(
                "SET", "2", "0..1", "A backup set. Default: latest, the newest complete one."));
  }

  @Override
  public void run(ParseResult arguments, CommandContext context) throws CommandFailedException {
    String action = arguments.matchedPositionalValue(0, "");
    if (!action.equals(CHECK)) {
      throw Specs.invalid(arguments, "the action", CHECK, action);
    }
    String file = arguments.matchedPositionalValue(1, "");
    IdentityFile identity = IdentityFile.read(file);
    String path = "api/sets/" + PortalClient.segment(arguments.matchedPositionalValue(2, LATEST));
    PortalClient portal = context.portal();
    SetEntry set = portal.get(path, SetEntry.class);
    if (!set.isEncrypted()) {
      throw new CommandFailedException(
          ExitStatus.FAILED,
          List.of(
              "The set " + set.id() + " is not encrypted.",
              "If only copies in the store are encrypted, download manifest.json.age of a copy"
                  + " and check the key with: age -d -i "
                  + file
                  + " manifest.json.age"));
    }
    String recipients = String.join(", ", set.manifest().encryption().recipients());
    List<String> failures = new ArrayList<>();
    for (String name : new TreeSet<>(set.manifest().files().keySet())) {
      String address = "api/sets/" + set.id() + "/" + PortalClient.segment(name);
      if (!identity.decrypts(portal.firstBytes(address, HEADER_BYTES))) {
        failures.add(file + " does not decrypt " + name + ".");
      }
    }
    if (!failures.isEmpty()) {
      failures.add("The set " + set.id() + " is encrypted for " + recipients + ".");
      throw new CommandFailedException(ExitStatus.FAILED, failures);
    }
    context
        .out()
        .println(
            file
                + " decrypts "
                + Format.count(set.manifest().files().size(), "file")
                + " of the set "
                + set.id()
                + ", which is encrypted for "
                + recipients);
  }
}
