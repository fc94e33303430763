package org.aerpaw.portal.cli.command;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aerpaw.portal.cli.api.Schedule;
import org.aerpaw.portal.cli.api.request.PauseRequest;
import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.client.PortalClient;
import org.aerpaw.portal.cli.display.CommandContext;
import org.aerpaw.portal.cli.display.Format;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code portal schedule}: shows, pauses or resumes the schedule of dumps. */
public final class ScheduleCommand implements Command {

  private static final String PATH = "api/schedule";
  private static final String PAUSE = "--pause";
  private static final String REASON = "--reason";
  private static final String RESUME = "--resume";
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,4})([mhd])");

  @Override
  public CommandSpec spec() {
    return Specs.command(
            "schedule",
            """
            ./portal schedule
            ./portal schedule --pause 2h --reason 'upgrade of the database'
            ./portal schedule --resume""",
            "Show, pause or resume the schedule of dumps.",
            "",
            "A pause ends automatically. Dumps that fall due during a pause are not run, either"
                + " then or later. The schedule is set by PORTAL_DUMP_SCHEDULE when the server"
                + " starts.",
            "",
            Specs.exitStatus("0 done, 1 refused or failed"))
        .addOption(
            Specs.option(PAUSE, "DURATION", "How long to pause, such as 30m, 2h or 1d.").build())
        .addOption(
            Specs.option(REASON, "TEXT", "Why the schedule is paused; required with --pause.")
                .build())
        .addOption(Specs.flag(RESUME, "End the pause."));
  }

  @Override
  public void run(ParseResult arguments, CommandContext context) throws CommandFailedException {
    boolean pauses = arguments.hasMatchedOption(PAUSE);
    if (pauses && Specs.has(arguments, RESUME)) {
      throw wrong(arguments, PAUSE + " and " + RESUME + " cannot be combined");
    }
    if (pauses != arguments.hasMatchedOption(REASON)) {
      throw wrong(arguments, PAUSE + " and " + REASON + " must be given together");
    }
    PortalClient portal = context.portal();
    Schedule schedule;
    if (pauses) {
      var request = new PauseRequest(until(arguments), arguments.matchedOptionValue(REASON, ""));
      schedule = portal.send("POST", PATH + "/pause", request, Schedule.class);
    } else if (Specs.has(arguments, RESUME)) {
      schedule = portal.send("DELETE", PATH + "/pause", null, Schedule.class);
    } else {
      schedule = portal.get(PATH, Schedule.class);
    }
    print(schedule, context.out());
  }

  private static String until(ParseResult arguments) {
    String text = arguments.matchedOptionValue(PAUSE, "");
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw Specs.invalid(
          arguments, PAUSE, "a whole number with the unit m, h or d, such as 30m or 2h", text);
    }
    int number = Integer.parseInt(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        };
    return Instant.now().plus(duration).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static ParameterException wrong(ParseResult arguments, String message) {
    return new ParameterException(arguments.commandSpec().commandLine(), message);
  }

  private static void print(Schedule schedule, PrintStream out) {
    if (schedule.expression().equals("off")) {
      out.println("There is no schedule. Set PORTAL_DUMP_SCHEDULE and restart the server.");
      return;
    }
    out.println("schedule  " + schedule.expression() + " (" + schedule.zone() + ")");
    out.println("next      " + String.join(", ", schedule.next()));
    if (schedule.last() != null) {
      String run = schedule.last().run();
      out.println("last      " + schedule.last().due() + (run == null ? "" : ", run " + run));
    }
    if (schedule.missed() != null) {
      Schedule.Missed missed = schedule.missed();
      out.println(
          "missed    "
              + Format.count(missed.times(), "dump")
              + ", from "
              + missed.first()
              + " to "
              + missed.last()
              + " because no server was running");
    }
    if (schedule.paused() != null) {
      Schedule.Pause pause = schedule.paused();
      out.println("paused    until " + pause.until() + " by " + pause.by() + ": " + pause.reason());
    }
  }
}
