package org.rnn4j.examples.sentiment;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the signals that ask a process to end, Ctrl-C's and that of {@code kill}, into a wish that
 * a training follows after its running step. The second of them ends the process at once. A signal
 * that the process was started to ignore, as behind {@code nohup}, stays ignored.
 *
 * <p>Java has no public interface to signals; {@code sun.misc.Signal}, which every JDK has, is
 * asked for by name. Where it is missing, signals end the process as usual.
 */
final class Interrupts implements AutoCloseable {
  /** What to say when the first signal comes. */
  static final String STOPPING = "Stopping after the running step; the same again ends at once.";

  private static final int INTERRUPT = 2;
  private static final int TERMINATE = 15;

  /** Added to the number of a signal it gives the exit code, as shells have it. */
  private static final int EXIT_CODES = 128;

  private final AtomicInteger received = new AtomicInteger();
  private final Map<Object, Object> earlierHandlers = new LinkedHashMap<>();
  private final AtomicReference<@Nullable Thread> working = new AtomicReference<>();
  private final Runnable onFirst;

  private Interrupts(Runnable onFirst) {
    this.onFirst = onFirst;
  }

  /**
   * Watches until it is closed.
   *
   * @param onFirst what to do at once when the first signal comes
   */
  static Interrupts watch(Runnable onFirst) {
    Interrupts interrupts = new Interrupts(onFirst);
    interrupts.handle("INT", INTERRUPT);
    interrupts.handle("TERM", TERMINATE);
    return interrupts;
  }

  private void handle(String name, int number) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      IntConsumer receiver = this::receive;
      MethodHandle receive =
          MethodHandles.lookup()
              .findVirtual(
                  IntConsumer.class, "accept", MethodType.methodType(void.class, int.class));
      Object handler =
          MethodHandleProxies.asInterfaceInstance(
              handlers,
              MethodHandles.dropArguments(
                  MethodHandles.insertArguments(receive, 0, receiver, number), 0, signals));
      Object signal = signals.getConstructor(String.class).newInstance(name);
      Object earlier = signals.getMethod("handle", signals, handlers).invoke(null, signal, handler);
      earlierHandlers.put(signal, earlier);
    } catch (ReflectiveOperationException e) {
      return; // Without the class, or on a system without the signal, nothing changes.
    }
  }

  private void receive(int number) {
    if (!received.compareAndSet(0, EXIT_CODES + number)) {
      Runtime.getRuntime().halt(EXIT_CODES + number);
    }
    onFirst.run();
    Thread interruptible = working.get();
    if (interruptible != null) {
      interruptible.interrupt();
    }
  }

  /** Whether a signal came. */
  boolean requested() {
    return received.get() != 0;
  }

  /**
   * Ends work that may be left here, where a signal came.
   *
   * @throws InterruptedException if one came
   */
  void check() throws InterruptedException {
    if (requested()) {
      throw new InterruptedException("A signal asked for the end");
    }
  }

  /** Work that ends early when its thread is interrupted. */
  @FunctionalInterface
  interface Interruptible<T> {
    /** Does the work. */
    T run() throws InterruptedException;
  }

  /**
   * Does work, and interrupts its thread when the first signal comes.
   *
   * @throws InterruptedException if a signal came, even where the work failed of it: to a thread
   *     that was interrupted its files are closed
   */
  <T> T interruptible(Interruptible<T> work) throws InterruptedException {
    T result;
    working.set(Thread.currentThread());
    try {
      check();
      result = work.run();
    } catch (RuntimeException e) {
      check();
      throw e;
    } finally {
      working.set(null);
      if (requested()) {
        // What follows, such as writing a file, would be interrupted too.
        Thread.interrupted();
      }
    }
    check();
    return result;
  }

  /** The exit code that belongs to the signal that came: 130 for Ctrl-C, 143 for {@code kill}. */
  int exitCode() {
    return received.get();
  }

  /** Gives the signals back to whoever had them. */
  @Override
  public void close() {
    earlierHandlers.forEach(
        (signal, earlier) -> {
          try {
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            signal
                .getClass()
                .getMethod("handle", signal.getClass(), handlers)
                .invoke(null, signal, earlier);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Expected to give " + signal + " back", e);
          }
        });
    earlierHandlers.clear();
  }
}
