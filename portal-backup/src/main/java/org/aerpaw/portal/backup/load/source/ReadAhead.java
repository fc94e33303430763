package org.aerpaw.portal.backup.load.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.aerpaw.portal.backup.concurrent.BackgroundTask;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.FixtureObject;
import org.aerpaw.portal.backup.fixture.FixtureReader;

/**
 * Parses the objects of a fixture in another thread while the caller processes earlier ones. The
 * calling thread reports errors in the order of the file.
 */
public final class ReadAhead implements AutoCloseable {

  private static final int BATCH_OBJECTS = 1000;
  private static final long BATCH_BYTES = 1 << 18;

  /**
   * While a batch larger than this is being processed, none is read ahead, so that memory holds one
   * very large object.
   */
  private static final long LARGE_BATCH_BYTES = 1 << 20;

  private static final int BATCHES_AHEAD = 4;

  /**
   * Consecutive objects and the errors after the last of them.
   *
   * @param bytes the size of their text
   * @param last whether this is the last batch of the file
   */
  private record Batch(
      Queue<FixtureObject> objects, List<FixtureError> errors, long bytes, boolean last) {

    private static final Batch END = new Batch(new ArrayDeque<>(), List.of(), 0, true);

    /** Tells the calling thread that the other thread has stopped. */
    private static final Batch STOPPED = new Batch(new ArrayDeque<>(), List.of(), 0, false);

    private boolean allowsReadAhead() {
      return !last && bytes <= LARGE_BATCH_BYTES;
    }
  }

  private final FixtureReader reader;
  private final Consumer<FixtureError> errors;
  private final Executor executor;
  private final Thread callingThread = Thread.currentThread();

  /** The errors of the current batch. */
  private List<FixtureError> found;

  /** An object read after an error, which belongs to the next batch. */
  private FixtureObject carriedOver;

  private Batch batch = Batch.STOPPED;

  /** Reads batches in another thread; null if none are read ahead. */
  private BackgroundTask<Void, IOException> task;

  private final Queue<Batch> batches = new ConcurrentLinkedQueue<>();
  private final Semaphore available = new Semaphore(0);
  private final Semaphore freeSlots = new Semaphore(BATCHES_AHEAD);
  private volatile boolean closed;

  /**
   * Must be called by the thread that calls {@link #next}.
   *
   * @param in the file, possibly compressed; remains open, but must not be used until this is
   *     closed
   * @param file the name of the file
   */
  public ReadAhead(InputStream in, String file, Consumer<FixtureError> errors, Executor executor) {
    this.reader =
        new FixtureReader(
            in,
            file,
            error -> {
              if (found.size() < ErrorCollector.MAX_ERRORS) {
                found.add(error);
              }
            });
    this.errors = errors;
    this.executor = executor;
  }

  /** The next object; null after the last one or after a syntax error. */
  public FixtureObject next() throws IOException {
    while (batch.objects().isEmpty()) {
      batch.errors().forEach(errors);
      if (batch.last()) {
        batch = Batch.END;
        return null;
      }
      batch = task == null || task.cancel() ? readInThisThread() : take();
    }
    return batch.objects().poll();
  }

  private Batch readInThisThread() throws IOException {
    Batch read = read();
    task = read.allowsReadAhead() ? BackgroundTask.offer(this::readAhead, executor) : null;
    return read;
  }

  private Void readAhead() throws IOException {
    try {
      // An executor may run the task in the calling thread, which must not wait for itself.
      boolean continues = Thread.currentThread() != callingThread;
      while (continues && !closed) {
        freeSlots.acquireUninterruptibly();
        Batch read = read();
        continues = read.allowsReadAhead();
        put(read);
      }
      return null;
    } finally {
      put(Batch.STOPPED);
    }
  }

  private void put(Batch read) {
    batches.add(read);
    available.release();
  }

  private Batch take() throws IOException {
    available.acquireUninterruptibly();
    Batch taken = batches.remove();
    if (taken == Batch.STOPPED) {
      task.result();
      task = null;
    } else {
      freeSlots.release();
    }
    return taken;
  }

  private Batch read() throws IOException {
    Queue<FixtureObject> objects = new ArrayDeque<>();
    found = new ArrayList<>();
    if (carriedOver != null) {
      objects.add(carriedOver);
      carriedOver = null;
    }
    long start = reader.position();
    boolean last = false;
    while (!last
        && found.isEmpty()
        && objects.size() < BATCH_OBJECTS
        && reader.position() - start < BATCH_BYTES) {
      FixtureObject object = reader.next();
      last = object == null;
      if (found.isEmpty() && !last) {
        objects.add(object);
      } else {
        carriedOver = object;
      }
    }
    return new Batch(objects, found, reader.position() - start, last);
  }

  /** Waits until the other thread has stopped reading. */
  @Override
  public void close() {
    closed = true;
    freeSlots.release();
    if (task != null) {
      task.end();
    }
  }
}
