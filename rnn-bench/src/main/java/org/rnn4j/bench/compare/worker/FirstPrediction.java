package org.rnn4j.bench.compare.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.rnn4j.io.ModelFile;
import org.rnn4j.layer.Sequential;

/** Loads a model and predicts once, as a program just started. */
public final class FirstPrediction {
  private FirstPrediction() {}

  /** Takes the model's file and the length of the text. */
  public static void main(String[] args) throws IOException {
    Sequential model = ModelFile.load(Path.of(args[0])).model();
    int[] ids = IntStream.range(0, Integer.parseInt(args[1])).toArray();
    System.out.println("predicted " + model.predictor().predict(ids)[0]);
  }
}
