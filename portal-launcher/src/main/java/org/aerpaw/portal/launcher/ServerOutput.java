package org.aerpaw.portal.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what the server writes: passes it on without what only Payara's makers want to know,
 * notices the end of the start, and remembers why it failed.
 *
 * <p>Records look as {@code server-logging.properties} lays them out: date, time, level, logger in
 * brackets, text; a record may go on over several lines.
 */
final class ServerOutput implements Runnable {

  private static final Pattern RECORD =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d) (\\S+) +\\[(\\S*)] (.*)");
  private static final Pattern BOOTED = Pattern.compile("Payara Micro .* ready in .*");
  private static final Pattern CAUSE =
      Pattern.compile("(Caused by: )?((?:[\\w$]+\\.)+[\\w$]*(?:Exception|Error))(?:: (.*))?");
  private static final Pattern TELLING = Pattern.compile("org\\.(aerpaw|postgresql)\\..*");
  private static final Pattern FRAME = Pattern.compile("\\s+(at |\\.\\.\\. \\d+ more).*");

  private final InputStream from;
  private final PrintStream to;
  private final CountDownLatch booted = new CountDownLatch(1);
  private final List<String> reason = new ArrayList<>();
  private boolean tellingReason;
  private boolean tellingTrace;
  private volatile boolean muted;

  ServerOutput(InputStream from, PrintStream to) {
    this.from = from;
    this.to = to;
  }

  /** Counted down when the server says that it is up, and when it says nothing any more. */
  CountDownLatch booted() {
    return booted;
  }

  /** From now on nothing is passed on. */
  void mute() {
    muted = true;
  }

  /**
   * The message of the last failure that was logged: of the outermost exception of the portal or of
   * PostgreSQL's driver, which have words for operators, else of the innermost one.
   */
  Optional<String> reason() {
    synchronized (reason) {
      return reason.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", reason));
    }
  }

  @Override
  public void run() {
    try (var lines = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
      boolean shown = true;
      boolean inCause = false;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher record = RECORD.matcher(line);
        if (record.matches()) {
          shown = isForOperators(record.group(2), record.group(3));
          inCause = false;
          if (BOOTED.matcher(record.group(4)).matches()) {
            booted.countDown();
          }
          line = record.group(1) + ' ' + record.group(2) + ' ' + record.group(4);
        } else {
          inCause = remember(line, inCause);
        }
        if (shown && !muted && !isForeignFrame(line)) {
          to.println(line);
        }
      }
    } catch (IOException e) {
      if (!muted) {
        to.println("The server's output can no longer be read: " + e.getMessage());
      }
    } finally {
      booted.countDown();
    }
  }

  /** Some of Payara's loggers tell their affairs whatever level they are given. */
  private static boolean isForOperators(String level, String logger) {
    return logger.startsWith("org.aerpaw.")
        || !level.equals("INFO") && !logger.equals("PayaraMicro");
  }

  /**
   * A line of a stack trace outside of the portal; an operator has enough of them with one failed
   * start.
   */
  private static boolean isForeignFrame(String line) {
    return FRAME.matcher(line).matches() && !line.contains("at org.aerpaw.");
  }

  /**
   * Keeps the message of an exception, which may have several lines, if it says more than the one
   * kept so far.
   */
  private boolean remember(String line, boolean inCause) {
    Matcher cause = CAUSE.matcher(line);
    synchronized (reason) {
      if (!cause.matches()) {
        boolean goesOn = inCause && !FRAME.matcher(line).matches();
        if (goesOn) {
          reason.add(line);
        }
        return goesOn;
      }
      if (cause.group(1) == null) {
        tellingTrace = false;
      }
      boolean telling = TELLING.matcher(cause.group(2)).matches();
      if (tellingTrace || tellingReason && !telling) {
        return false;
      }
      tellingTrace = telling;
      tellingReason = telling;
      reason.clear();
      reason.add(cause.group(3) == null ? line : cause.group(3));
      return true;
    }
  }
}
