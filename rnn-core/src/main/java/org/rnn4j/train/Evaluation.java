package org.rnn4j.train;

import java.util.Arrays;
import java.util.List;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.sequence.Batch;
import org.rnn4j.sequence.Batcher;
import org.rnn4j.sequence.Example;

/** Scores examples without learning from them. */
record Evaluation(TrainingSettings settings, Backend backend, Workspace workspace) {
  /** The loss and metrics, each example counting once. */
  Scores scores(List<Example> examples) {
    ScoreKeeper keeper =
        new ScoreKeeper(settings.model().headActivation(), settings.metrics(), false);
    for (int[] indices : new Batcher(settings.batchSize()).sorted(examples)) {
      Batch batch = batch(examples, indices);
      Pass pass = Pass.inference(backend, workspace);
      Variable logits = settings.model().logits(pass, batch.sequences());
      double mean = settings.loss().apply(pass, logits, batch.labels()).value().get(0);
      keeper.add(backend, logits.value(), batch.labels());
      keeper.addLoss(mean, batch.size());
      workspace.reset();
    }
    return keeper.scores();
  }

  /** Packs some of the examples. */
  static Batch batch(List<Example> examples, int[] indices) {
    return Batch.of(Arrays.stream(indices).mapToObj(examples::get).toList());
  }
}
