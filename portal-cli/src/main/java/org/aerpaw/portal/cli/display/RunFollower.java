package org.aerpaw.portal.cli.display;

import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.aerpaw.portal.cli.api.Run;
import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.client.PortalClient;

/**
 * Follows a run that a command started until it ends. Says on standard error what the run waits
 * for, and cancels it if the command is interrupted, as by Ctrl-C.
 */
public final class RunFollower {

  /** How long an interrupted command waits for the end of its run. */
  private static final int CANCEL_SECONDS = 30;

  private final PortalClient portal;
  private final PrintStream err;
  private final CompletableFuture<Run> end = new CompletableFuture<>();
  private String waitingFor;

  private RunFollower(PortalClient portal, PrintStream err) {
    this.portal = portal;
    this.err = err;
  }

  /**
   * @param display receives the run whenever it changes
   * @throws CommandFailedException with the errors of the run unless it is done
   */
  public static Run follow(
      Run started, PortalClient portal, CommandContext context, Consumer<Run> display)
      throws CommandFailedException {
    var follower = new RunFollower(portal, context.err());
    var interrupted = new Thread(() -> follower.cancel(started));
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      Run ended =
          portal.follow(
              started,
              (run, json) -> {
                follower.showWait(run);
                display.accept(run);
              });
      follower.end.complete(ended);
      return PortalClient.requireDone(ended);
    } finally {
      remove(interrupted);
    }
  }

  /**
   * Starts a run without a request body and shows its progress until it has ended.
   *
   * @throws CommandFailedException with the errors of the run unless it is done
   */
  public static Run execute(String path, PortalClient portal, CommandContext context)
      throws CommandFailedException {
    Run started = portal.start(path, null);
    try (var line = new StatusLine(context)) {
      return follow(started, portal, context, line::show);
    }
  }

  /** The text of the progress of a run. */
  public static String text(Run.Progress progress) {
    var line = new StringBuilder();
    for (String part : new String[] {progress.stage(), progress.app(), progress.model()}) {
      if (part != null) {
        line.append(part).append(' ');
      }
    }
    boolean hasTotal = progress.total() != null && progress.total() > 0;
    // The number of objects in encrypted files is unknown.
    if (progress.app() == null || progress.objects() > 0 || hasTotal) {
      line.append(progress.objects());
      if (hasTotal) {
        line.append(" of ").append(progress.total());
      }
      line.append(" objects");
    }
    if (progress.waitingFor() != null) {
      line.append(", waiting for ").append(progress.waitingFor());
    }
    return line.toString();
  }

  private void showWait(Run run) {
    String current = run.progress() == null ? null : run.progress().waitingFor();
    if (current != null && !current.equals(waitingFor)) {
      err.println("Waiting for " + current);
    }
    waitingFor = current;
  }

  /** Cancels the run and shows its end. Executed as the JVM ends. */
  private void cancel(Run run) {
    err.println("Cancelling ...");
    try {
      portal.cancel(run);
      Run ended = end.get(CANCEL_SECONDS, TimeUnit.SECONDS);
      if (ended.isDone()) {
        err.println("The run finished before it could be cancelled.");
      }
      PortalClient.errors(ended).forEach(err::println);
    } catch (CommandFailedException e) {
      e.lines().forEach(err::println);
    } catch (TimeoutException e) {
      err.println("The run has not ended yet: ./portal runs " + run.id() + " --follow");
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      waitForEndOfJvm();
    }
  }

  /** The hook shows the end of the run, and this thread must not show it too. */
  private static void waitForEndOfJvm() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
