package org.rnn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.layer.Sequential;
import org.rnn4j.optim.Schedule;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.DType;
import org.rnn4j.testing.Bits;

/** Trainings that were given one file for their checkpoints. */
class SharedCheckpointTest {
  private static final List<Example> EXAMPLES = ResumedTraining.examples("training", 24);

  @TempDir Path folder;

  private static Trainer saving(Sequential model, Path file) {
    return ResumedTraining.trainer(model)
        .schedule(Schedule.constant())
        .epochs(2)
        .checkpoints(Checkpoints.at(file));
  }

  private static String message(Path file) {
    return "The checkpoint "
        + file
        + " is in use: another training, of this program or another, writes it; wait for its end or"
        + " give another file";
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoint", "../link/checkpoint"})
  void a_second_training_is_refused_while_the_first_runs_and_not_afterwards(String second)
      throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Files.createSymbolicLink(folder.resolve("link"), real);
    Path other = real.resolve(second);
    Sequential untouched = ResumedTraining.model(DType.FLOAT32);
    String weights = Bits.sha256(untouched);
    AtomicInteger refused = new AtomicInteger();

    saving(ResumedTraining.model(DType.FLOAT32), real.resolve("checkpoint"))
        .listener(
            new TrainingListener() {
              @Override
              public void epochEnded(Epoch epoch) {
                assertThatThrownBy(() -> saving(untouched, other).fit(EXAMPLES))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessage(message(other));
                refused.incrementAndGet();
              }
            })
        .fit(EXAMPLES);

    assertThat(refused.get()).isEqualTo(2);
    assertThat(Bits.sha256(untouched)).isEqualTo(weights);
    assertThat(saving(untouched, other).fit(EXAMPLES).ending()).isEqualTo(History.Ending.COMPLETED);
  }

  @Test
  void a_training_that_fails_gives_the_file_free() {
    Path file = folder.resolve("checkpoint");
    TrainingListener failing =
        new TrainingListener() {
          @Override
          public void batchEnded(Progress progress) {
            throw new IllegalStateException("the listener's own");
          }
        };
    assertThatThrownBy(
            () ->
                saving(ResumedTraining.model(DType.FLOAT32), file).listener(failing).fit(EXAMPLES))
        .hasMessage("the listener's own");

    assertThat(saving(ResumedTraining.model(DType.FLOAT32), file).fit(EXAMPLES).ending())
        .isEqualTo(History.Ending.COMPLETED);
  }

  @Test
  void trainings_beside_each_other_have_files_of_their_own() {
    Path file = folder.resolve("checkpoint");
    AtomicInteger done = new AtomicInteger();
    saving(ResumedTraining.model(DType.FLOAT32), file)
        .listener(
            new TrainingListener() {
              @Override
              public void epochEnded(Epoch epoch) {
                saving(ResumedTraining.model(DType.FLOAT32), folder.resolve("other")).fit(EXAMPLES);
                done.incrementAndGet();
              }
            })
        .fit(EXAMPLES);

    assertThat(done.get()).isEqualTo(2);
    assertThat(file).exists();
  }
}
