package org.rnn4j.backend;

import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the kernels of this JVM, once, by the system property {@code rnn.kernels}: {@code
 * scalar}, {@code simd}, which fails where SIMD cannot be had, or {@code auto} (the default), SIMD
 * where it is of use, with scalar code for the first fraction of a second of work, and scalar
 * elsewhere. The choice changes the speed and no bit of any result. One line in the log of this
 * class says what was chosen: at level INFO where the reader could have more speed, at DEBUG where
 * nothing is to be done (setting up the log takes longer than loading a small model).
 */
public final class KernelSelection {
  /** The system property that chooses the kernels. */
  public static final String PROPERTY = "rnn.kernels";

  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final String VECTOR_FLAG = "--add-modules=" + VECTOR_MODULE;
  private static final String VECTOR_KERNELS = "org.rnn4j.backend.simd.VectorKernels";

  private static @Nullable Kernels chosen;

  private KernelSelection() {}

  /**
   * The kernels of this JVM, chosen at the first call that succeeds.
   *
   * @throws IllegalArgumentException if the property {@code rnn.kernels} holds an unknown value
   * @throws IllegalStateException if it asks for SIMD and this JVM cannot give it
   */
  public static synchronized Kernels kernels() {
    Kernels kernels = chosen;
    if (kernels == null) {
      Selection selection = choose(System.getProperty(PROPERTY, "auto"));
      System.getLogger(KernelSelection.class.getName()).log(selection.level(), selection.reason());
      kernels = selection.kernels();
      chosen = kernels;
    }
    return kernels;
  }

  /**
   * New kernels by name, whatever {@link #kernels()} gives: {@code auto}, {@code scalar} or {@code
   * simd}.
   *
   * @throws IllegalArgumentException if the name is none of these
   * @throws IllegalStateException if it is {@code simd} and this JVM cannot give it
   */
  public static Kernels select(String name) {
    return choose(name).kernels();
  }

  private static Selection choose(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "scalar" ->
          new Selection(new ScalarKernels(), "Kernels: scalar, as " + PROPERTY + "=scalar asks");
      case "simd" -> simd();
      case "auto" -> auto();
      default ->
          throw new IllegalArgumentException(
              "system property "
                  + PROPERTY
                  + ": expected auto, scalar or simd, got \""
                  + name
                  + "\"");
    };
  }

  private static Selection simd() {
    if (!moduleIsPresent()) {
      throw new IllegalStateException(
          PROPERTY
              + "=simd needs the module "
              + VECTOR_MODULE
              + ", which this JVM was started without: start java with "
              + VECTOR_FLAG
              + ", or leave "
              + PROPERTY
              + " at auto");
    }
    try {
      Kernels kernels = loadVectorKernels(false);
      return new Selection(
          kernels, "Kernels: " + kernels.name() + ", as " + PROPERTY + "=simd asks");
    } catch (ReflectiveOperationException | LinkageError | UnsupportedOperationException e) {
      throw new IllegalStateException(
          PROPERTY + "=simd: the SIMD kernels cannot run here: " + rootMessage(e), e);
    }
  }

  private static Selection auto() {
    if (!moduleIsPresent()) {
      return scalar(
          "the module "
              + VECTOR_MODULE
              + " is absent; java "
              + VECTOR_FLAG
              + " makes products faster");
    }
    String vm = System.getProperty("java.vm.info", "");
    if (vm.contains("interpreted") || vm.contains("emulated-client")) {
      return scalar(
          "this JVM ("
              + vm
              + ") does not optimise; start java without -Xint and -XX:TieredStopAtLevel");
    }
    try {
      Kernels kernels = loadVectorKernels(true);
      return new Selection(kernels, "Kernels: " + kernels.name() + " (" + VECTOR_MODULE + ")");
    } catch (ReflectiveOperationException | LinkageError | UnsupportedOperationException e) {
      return scalar("the SIMD kernels cannot run here: " + rootMessage(e));
    }
  }

  private static Selection scalar(String reason) {
    return new Selection(new ScalarKernels(), "Kernels: scalar; " + reason, Level.INFO);
  }

  private static boolean moduleIsPresent() {
    return ModuleLayer.boot()
        .findModule(VECTOR_MODULE)
        .filter(module -> KernelSelection.class.getModule().canRead(module))
        .isPresent();
  }

  private static Kernels loadVectorKernels(boolean startCold) throws ReflectiveOperationException {
    try {
      return Class.forName(VECTOR_KERNELS)
          .asSubclass(Kernels.class)
          .getConstructor(boolean.class)
          .newInstance(startCold);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof UnsupportedOperationException unsupported) {
        throw unsupported;
      }
      throw e;
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      root = cause;
    }
    return String.valueOf(root);
  }

  private record Selection(Kernels kernels, String reason, Level level) {
    Selection(Kernels kernels, String reason) {
      this(kernels, reason, Level.DEBUG);
    }
  }
}
