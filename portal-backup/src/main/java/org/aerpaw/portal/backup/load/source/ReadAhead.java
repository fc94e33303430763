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
 * The objects of a fixture, the next ones of which another thread parses while those before are
 * dealt with. What is wrong with the text is told where it stands among the objects, by the thread
 * that takes these.
 */
final class ReadAhead implements AutoCloseable {

  private static final int ENOUGH_OBJECTS = 1000;
  private static final long ENOUGH_BYTES = 1 << 18;

  /**
   * Nothing is read ahead of more text than this, so that very large objects are in memory one at a
   * time.
   */
  private static final long LARGE_BYTES = 1 << 20;

  private static final int BATCHES_AHEAD = 4;

  /**
   * Some objects, and what is wrong behind the last of them.
   *
   * @param bytes of their text
   * @param last whether there is nothing behind all this
   */
  private record Batch(
      Queue<FixtureObject> objects, List<FixtureError> errors, long bytes, boolean last) {

    private static final Batch END = new Batch(new ArrayDeque<>(), List.of(), 0, true);

    /** The other thread has stopped. */
    private static final Batch NONE = new Batch(new ArrayDeque<>(), List.of(), 0, false);

    private boolean mayBeReadAheadOf() {
      return !last && bytes <= LARGE_BYTES;
    }
  }

  private final FixtureReader reader;
  private final Consumer<FixtureError> errors;
  private final Executor executor;
  private final Thread taker = Thread.currentThread();

  /** What the reader has told since a batch was begun. */
  private List<FixtureError> found;

  /** Stands behind an error, and belongs to the next batch. */
  private FixtureObject heldBack;

  private Batch batch = Batch.NONE;

  /**
   * Reads the next batches until it is closed, or has read one that nothing is read ahead of; null
   * if there is none.
   */
  private BackgroundTask<Void, IOException> other;

  private final Queue<Batch> batches = new ConcurrentLinkedQueue<>();
  private final Semaphore ready = new Semaphore(0);
  private final Semaphore room = new Semaphore(BATCHES_AHEAD);
  private volatile boolean closed;

  /**
   * Reads nothing yet. The thread that makes it is the one that takes the objects.
   *
   * @param in the file as it is; stays open, and is nobody else's until this is closed
   * @param file the fixture's name
   */
  ReadAhead(InputStream in, String file, Consumer<FixtureError> errors, Executor executor) {
    this.reader =
        new FixtureReader(
            in,
            file,
            error -> {
              if (found.size() < ErrorCollector.MOST) {
                found.add(error);
              }
            });
    this.errors = errors;
    this.executor = executor;
  }

  /** The next object, null after the last one or where the text is no JSON. */
  FixtureObject next() throws IOException {
    while (batch.objects().isEmpty()) {
      batch.errors().forEach(errors);
      if (batch.last()) {
        batch = Batch.END;
        return null;
      }
      batch = other == null || other.cancel() ? readHere() : take();
    }
    return batch.objects().poll();
  }

  private Batch readHere() throws IOException {
    Batch here = read();
    other = here.mayBeReadAheadOf() ? BackgroundTask.offer(this::readAhead, executor) : null;
    return here;
  }

  private Void readAhead() throws IOException {
    try {
      // An executor may let its callers do what it has no thread for: there is nobody else then.
      boolean goesOn = Thread.currentThread() != taker;
      while (goesOn && !closed) {
        room.acquireUninterruptibly();
        Batch read = read();
        goesOn = read.mayBeReadAheadOf();
        put(read);
      }
      return null;
    } finally {
      put(Batch.NONE);
    }
  }

  private void put(Batch read) {
    batches.add(read);
    ready.release();
  }

  private Batch take() throws IOException {
    ready.acquireUninterruptibly();
    Batch taken = batches.remove();
    if (taken == Batch.NONE) {
      other.result();
      other = null;
    } else {
      room.release();
    }
    return taken;
  }

  private Batch read() throws IOException {
    Queue<FixtureObject> objects = new ArrayDeque<>();
    found = new ArrayList<>();
    if (heldBack != null) {
      objects.add(heldBack);
      heldBack = null;
    }
    long begin = reader.position();
    boolean last = false;
    while (!last
        && found.isEmpty()
        && objects.size() < ENOUGH_OBJECTS
        && reader.position() - begin < ENOUGH_BYTES) {
      FixtureObject object = reader.next();
      last = object == null;
      if (found.isEmpty() && !last) {
        objects.add(object);
      } else {
        heldBack = object;
      }
    }
    return new Batch(objects, found, reader.position() - begin, last);
  }

  /** When it returns, no other thread reads any more. */
  @Override
  public void close() {
    closed = true;
    room.release();
    if (other != null) {
      other.end();
    }
  }
}
