package org.rnn4j.bench.compare;

import java.util.Locale;

/** An implementation that is compared. */
public enum Peer {
  /** This library, with the kernels it chooses. */
  RNN4J("rnn4j"),
  /** This library without SIMD. */
  SCALAR("rnn4j scalar"),
  /** PyTorch. */
  TORCH("PyTorch"),
  /** Keras on TensorFlow. */
  KERAS("Keras"),
  /** ONNX Runtime, which only predicts. */
  ONNX("ONNX Runtime"),
  /** Deeplearning4j, asked for LSTMs only. */
  DL4J("DL4J");

  private final String label;

  Peer(String label) {
    this.label = label;
  }

  /** The name in tables. */
  public String label() {
    return label;
  }

  /** The name in options. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The ending of its model files. */
  String modelSuffix() {
    return switch (this) {
      case RNN4J, SCALAR -> "safetensors";
      case TORCH -> "pt";
      case KERAS -> "keras";
      case ONNX -> "onnx";
      case DL4J -> "zip";
    };
  }

  /** Whether it is this library. */
  public boolean isOurs() {
    return this == RNN4J || this == SCALAR;
  }

  /** Whether it is one of the Python scripts. */
  public boolean isPython() {
    return this == TORCH || this == KERAS || this == ONNX;
  }
}
