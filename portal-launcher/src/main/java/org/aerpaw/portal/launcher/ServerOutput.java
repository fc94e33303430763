package org.aerpaw.portal.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the output of the server: forwards what operators need, detects the end of the start, and
 * records why it failed.
 *
 * <p>The format of a record is in {@code server-logging.properties}: date, time, level, logger in
 * brackets, message, which may have several lines.
 */
final class ServerOutput implements Runnable {

  private static final Pattern RECORD =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d) (\\S+) +\\[(\\S*)] (.*)");
  private static final Pattern BOOTED = Pattern.compile("Payara Micro .* ready in .*");
  private static final Pattern CAUSE =
      Pattern.compile("(Caused by: )?((?:[\\w$]+\\.)+[\\w$]*(?:Exception|Error))(?:: (.*))?");
  private static final Pattern HELPFUL = Pattern.compile("org\\.(aerpaw|postgresql)\\..*");
  private static final Pattern FRAME = Pattern.compile("\\s+(at |\\.\\.\\. \\d+ more).*");

  private final InputStream from;
  private final PrintStream console;
  private final PrintStream log;
  private final CountDownLatch booted = new CountDownLatch(1);
  private final List<String> reason = new ArrayList<>();

  /** Whether {@link #reason} is that of an exception of the portal or of the PostgreSQL driver. */
  private boolean helpfulReason;

  /** Whether the current stack trace has had such an exception. */
  private boolean helpfulTrace;

  private volatile boolean muted;

  /**
   * @param log receives everything; the console gets no errors before the end of the start, since a
   *     failed start is reported by its {@link #reason}
   */
  ServerOutput(InputStream from, PrintStream console, PrintStream log) {
    this.from = from;
    this.console = console;
    this.log = log;
  }

  /** Counted down when the server has started or ended. */
  CountDownLatch booted() {
    return booted;
  }

  /** Forwards nothing any more. */
  void mute() {
    muted = true;
  }

  /**
   * The message of the last failure in the log: that of the outermost exception of the portal or of
   * the PostgreSQL driver, otherwise that of the innermost exception. A host that is unknown is
   * named too, since the driver does not.
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
        log.println(line);
        Matcher record = RECORD.matcher(line);
        if (record.matches()) {
          shown =
              isForOperators(record.group(2), record.group(3))
                  && !(isStarting() && record.group(2).equals("SEVERE"));
          inCause = false;
          if (BOOTED.matcher(record.group(4)).matches()) {
            booted.countDown();
          }
          line = record.group(1) + ' ' + record.group(2) + ' ' + record.group(4);
        } else {
          inCause = recordCause(line, inCause);
        }
        boolean isTrace = isStarting() ? !record.matches() : isForeignFrame(line);
        if (shown && !muted && !isTrace) {
          console.println(line);
        }
      }
    } catch (IOException e) {
      if (!muted) {
        console.println("The server's output can no longer be read: " + e.getMessage());
      }
    } finally {
      booted.countDown();
    }
  }

  private boolean isStarting() {
    return booted.getCount() > 0;
  }

  /** Some loggers of Payara ignore their level. */
  private static boolean isForOperators(String level, String logger) {
    return logger.startsWith("org.aerpaw.")
        || !level.equals("INFO") && !logger.equals("PayaraMicro");
  }

  /** Whether this is a line of a stack trace outside of the portal. */
  private static boolean isForeignFrame(String line) {
    return FRAME.matcher(line).matches() && !line.contains("at org.aerpaw.");
  }

  /**
   * Records the message of an exception, which may have several lines, unless the one before is
   * better.
   */
  private boolean recordCause(String line, boolean inCause) {
    Matcher cause = CAUSE.matcher(line);
    synchronized (reason) {
      if (!cause.matches()) {
        boolean continues = inCause && !FRAME.matcher(line).matches();
        if (continues) {
          reason.add(line);
        }
        return continues;
      }
      if (cause.group(1) == null) {
        helpfulTrace = false;
      }
      if (helpfulTrace && cause.group(2).equals(UnknownHostException.class.getName())) {
        reason.add("Unknown host: " + cause.group(3));
        return false;
      }
      boolean helpful = HELPFUL.matcher(cause.group(2)).matches();
      if (helpfulTrace || helpfulReason && !helpful) {
        return false;
      }
      helpfulTrace = helpful;
      helpfulReason = helpful;
      reason.clear();
      reason.add(cause.group(3) == null ? line : cause.group(3));
      return true;
    }
  }
}
