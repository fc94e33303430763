package org.aerpaw.portal.cli.command.sets;

import java.nio.file.Files;
import java.nio.file.Path;
import org.aerpaw.portal.cli.api.SetEntry;
import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.client.ExitStatus;
import org.aerpaw.portal.cli.client.PortalClient;
import org.aerpaw.portal.cli.command.Command;
import org.aerpaw.portal.cli.command.Specs;
import org.aerpaw.portal.cli.display.CommandContext;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code portal upload}: creates a backup set from a zip archive. */
public final class UploadCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Specs.command(
            "upload",
            "./portal upload set.zip",
            "Create a backup set from a zip archive.",
            "",
            "The archive contains either a downloaded set, or fixture files without a manifest;"
                + " these become a set that is marked as foreign.",
            "",
            "The set appears in ./portal sets only after all its files have been received and"
                + " checked. It is pinned; remove the"
                + " pin with ./portal unpin SET.",
            "",
            Specs.exitStatus("0 done, 1 refused or failed"))
        .addPositional(Specs.name("FILE", "A zip archive."));
  }

  @Override
  public void run(ParseResult arguments, CommandContext context) throws CommandFailedException {
    Path file = Specs.file(arguments.matchedPositionalValue(0, ""));
    if (!Files.isRegularFile(file)) {
      throw new CommandFailedException(ExitStatus.WRONG_USAGE, "There is no file " + file + ".");
    }
    PortalClient.Uploaded uploaded = context.portal().upload("api/sets", file);
    SetEntry set = uploaded.set();
    context
        .out()
        .println(
            uploaded.added()
                ? "added and pinned set " + set.id() + (set.isForeign() ? " (foreign)" : "")
                : "an identical set " + set.id() + " already exists");
  }
}
