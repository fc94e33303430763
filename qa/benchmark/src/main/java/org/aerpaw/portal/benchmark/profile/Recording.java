package org.aerpaw.portal.benchmark.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;
import org.aerpaw.portal.benchmark.portal.PortalServer;
import org.aerpaw.portal.benchmark.process.BenchmarkException;
import org.aerpaw.portal.benchmark.process.Command;
import org.aerpaw.portal.benchmark.text.Table;

/** A flight recording of a server until it is closed: the methods in which it spent its time. */
final class Recording implements AutoCloseable {

  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
  private static final String NAME = "name=benchmark";
  private static final String OURS = "org.aerpaw.";

  /** Threads that answer requests for the progress of the run. */
  private static final String REQUESTS = OURS + "portal.web.";

  private static final int LINES = 15;

  private final long pid;
  private final Path file;

  private Recording(long pid, Path file) {
    this.pid = pid;
    this.file = file;
  }

  /** Starts recording. */
  static Recording of(PortalServer portal, Path file)
      throws BenchmarkException, IOException, InterruptedException {
    Files.deleteIfExists(file);
    Command.of(JCMD, portal.pid(), "JFR.start", NAME, "settings=profile").run();
    return new Recording(portal.pid(), file);
  }

  /** Stops recording. */
  @Override
  public void close() throws BenchmarkException, IOException, InterruptedException {
    Command.of(JCMD, pid, "JFR.stop", NAME, "filename=" + file).run();
  }

  /**
   * The methods on top of the stack and, of the portal's own, those next to the top, each with its
   * share of all samples.
   */
  String topMethods() throws IOException {
    Map<String, Integer> top = new HashMap<>();
    Map<String, Integer> ours = new HashMap<>();
    int samples = 0;
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      if (event.getEventType().getName().equals("jdk.ExecutionSample")
          && event.getStackTrace() != null) {
        List<String> methods = methods(event);
        Optional<String> own = methods.stream().filter(name -> name.startsWith(OURS)).findFirst();
        if (own.isPresent() && methods.stream().noneMatch(name -> name.startsWith(REQUESTS))) {
          samples++;
          top.merge(methods.get(0), 1, Integer::sum);
          ours.merge(own.get(), 1, Integer::sum);
        }
      }
    }
    return samples
        + " samples of the run's threads in Java\n\n"
        + table("method on top", top, samples)
        + '\n'
        + table("the portal's next to the top", ours, samples);
  }

  private static List<String> methods(RecordedEvent event) {
    return event.getStackTrace().getFrames().stream()
        .map(RecordedFrame::getMethod)
        .map(Recording::name)
        .toList();
  }

  private static String name(RecordedMethod method) {
    return method.getType().getName() + '.' + method.getName();
  }

  private static String table(String head, Map<String, Integer> counts, int samples) {
    var table = new Table("share", head);
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(LINES)
        .forEach(
            entry ->
                table.add(Math.round(100.0 * entry.getValue() / samples) + " %", entry.getKey()));
    return table.text();
  }
}
