package org.rnn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.io.CheckpointFile;
import org.rnn4j.io.ModelFile;
import org.rnn4j.layer.Sequential;
import org.rnn4j.metric.Accuracy;
import org.rnn4j.metric.CollectedMetric;
import org.rnn4j.optim.Adam;
import org.rnn4j.optim.L2;
import org.rnn4j.optim.Optimizer;
import org.rnn4j.optim.ParameterSelection;
import org.rnn4j.optim.RmsProp;
import org.rnn4j.optim.Schedule;
import org.rnn4j.optim.Sgd;
import org.rnn4j.optim.WeightAveraging;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Bits;

/** Trainings that stop and go on from a checkpoint. */
class ResumeTest {
  private static final List<Example> EXAMPLES = ResumedTraining.examples("training", 40);

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("checkpoint");
  }

  private Trainer saving(Sequential model) {
    return ResumedTraining.trainer(model)
        .epochs(3)
        .schedule(Schedule.linear())
        .metrics(Accuracy.accuracy(), CollectedMetric.macroF1(), CollectedMetric.logLoss())
        .checkpoints(Checkpoints.at(file()));
  }

  /** What the weights and the history depend on, without times. */
  private static String outcome(Sequential model, History history) {
    StringBuilder text = new StringBuilder(Bits.sha256(model));
    for (Epoch epoch : history.epochs()) {
      text.append(epoch.number()).append(epoch.training()).append(epoch.validation());
    }
    return text.append(history.bestEpoch()).append(history.ending()).toString();
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void stopped_after_every_step_it_ends_as_if_it_had_never_been(DType type) {
    Sequential whole = ResumedTraining.model(type);
    String expected =
        outcome(whole, saving(whole).checkpoints(Checkpoints.at(file())).fit(EXAMPLES));
    assertThat(file()).exists();
    assertThat(file().toFile().delete()).isTrue();

    int starts = 0;
    History history;
    Sequential model;
    do {
      model = ResumedTraining.model(type);
      history = saving(model).stopWhen(() -> true).fit(EXAMPLES);
      starts++;
    } while (history.ending() == History.Ending.INTERRUPTED);

    assertThat(starts).isEqualTo(15); // five steps an epoch; the last of each ends it
    assertThat(outcome(model, history)).isEqualTo(expected);
  }

  static Stream<Arguments> optimizers() {
    return Stream.<Optimizer>of(
            Adam.withDefaults(),
            Sgd.withDefaults().momentum(0.9),
            Sgd.withDefaults(),
            RmsProp.withDefaults().momentum(0.5))
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void every_optimizer_goes_on_exactly(Optimizer optimizer) {
    UnaryOperator<Trainer> plain =
        trainer -> trainer.optimizer(optimizer).averaging(WeightAveraging.none()).seed(9);
    Sequential whole = ResumedTraining.model(DType.FLOAT32);
    String expected = outcome(whole, plain.apply(saving(whole)).fit(EXAMPLES));
    assertThat(file().toFile().delete()).isTrue();

    Sequential model = ResumedTraining.model(DType.FLOAT32);
    AtomicInteger asked = new AtomicInteger();
    History first =
        plain.apply(saving(model)).stopWhen(() -> asked.incrementAndGet() == 7).fit(EXAMPLES);
    assertThat(first.ending()).isEqualTo(History.Ending.INTERRUPTED);
    assertThat(first.epochs()).hasSize(1);
    Sequential again = ResumedTraining.model(DType.FLOAT32);
    History second = plain.apply(saving(again)).threads(3).fit(EXAMPLES);

    assertThat(outcome(again, second)).isEqualTo(expected);
    assertThat(second.epochs().get(0)).isEqualTo(first.epochs().get(0));
  }

  @Test
  void a_training_that_has_ended_gives_its_result_at_once() {
    Sequential model = ResumedTraining.model(DType.FLOAT32);
    String expected = outcome(model, saving(model).fit(EXAMPLES));

    Sequential again = ResumedTraining.model(DType.FLOAT32);
    AtomicInteger steps = new AtomicInteger();
    TrainingListener counter =
        new TrainingListener() {
          @Override
          public void batchEnded(Progress progress) {
            steps.incrementAndGet();
          }
        };
    assertThat(outcome(again, saving(again).listener(counter).fit(EXAMPLES))).isEqualTo(expected);
    assertThat(steps.get()).isZero();
  }

  @Test
  void saving_checkpoints_changes_no_bit() {
    Sequential plain = ResumedTraining.model(DType.FLOAT32);
    ResumedTraining.trainer(plain).epochs(3).schedule(Schedule.linear()).fit(EXAMPLES);
    Sequential saved = ResumedTraining.model(DType.FLOAT32);
    saving(saved).checkpoints(Checkpoints.at(file()).everyBatches(1)).fit(EXAMPLES);
    assertThat(Bits.sha256(saved)).isEqualTo(Bits.sha256(plain));
  }

  static Stream<Arguments> otherTrainings() {
    return Stream.of(
        other("batch size: here 5, there 4", trainer -> trainer.batchSize(5)),
        other("epochs: here 2, there 3", trainer -> trainer.epochs(2)),
        other("seed: here 6, there 5", trainer -> trainer.seed(6)),
        other("batches a step: here 1, there 2", trainer -> trainer.batchesPerStep(1)),
        other("schedule: here 1.0 1.0", trainer -> trainer.schedule(Schedule.constant())),
        // Before JDK 19 Java writes this number as 5.9604644775390625E-8.
        other(
            "schedule: here 5.960464477539063E-8 ",
            trainer -> trainer.schedule((step, steps) -> 0x1p-24)),
        other(
            "averaging: here none, there exponential 0.95",
            trainer -> trainer.averaging(WeightAveraging.none())),
        other(
            "optimizer: here Sgd[learningRate=0.01, momentum=0.0, nesterov=false], there Adam[",
            trainer -> trainer.optimizer(Sgd.withDefaults())),
        other(
            "l2: here L2[factor=0.5, on=all], there L2[factor=0.001, on=weights]",
            trainer -> trainer.l2(new L2(0.5, ParameterSelection.all()))),
        other("training examples: here 40 with SHA-256", UnaryOperator.identity()),
        other(
            "early stopping: here EarlyStopping[",
            trainer -> trainer.earlyStopping(EarlyStopping.on(Monitor.metric("accuracy")))));
  }

  private static Arguments other(String difference, UnaryOperator<Trainer> change) {
    return Arguments.of(difference, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("otherTrainings")
  void a_checkpoint_of_another_training_is_refused_and_named(
      String difference, UnaryOperator<Trainer> change) throws Exception {
    saving(ResumedTraining.model(DType.FLOAT32)).stopWhen(() -> true).fit(EXAMPLES);
    byte[] before = Files.readAllBytes(file());
    List<Example> examples =
        difference.startsWith("training") ? ResumedTraining.examples("other", 40) : EXAMPLES;
    Sequential model = ResumedTraining.model(DType.FLOAT32);
    String weights = Bits.sha256(model);

    assertThatThrownBy(() -> change.apply(saving(model)).fit(examples))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("The checkpoint " + file() + " is of another training")
        .hasMessageContaining("; " + difference)
        .hasMessageEndingWith("; to start anew delete it or give another file");

    assertThat(Files.readAllBytes(file())).isEqualTo(before);
    assertThat(Bits.sha256(model)).isEqualTo(weights);
  }

  static Stream<Arguments> schedulesOfAnyLength() {
    return Stream.of(
        Arguments.of(Schedule.constant(), 3),
        Arguments.of(Schedule.constant(), 100),
        Arguments.of(Schedule.step(0.5, 4), 10),
        Arguments.of(Schedule.exponential(0.7, 3), 100),
        Arguments.of(Schedule.constant().warmUp(7), 10));
  }

  /** A training of any length whose best weights are not its last, and neither its averages. */
  private Trainer saving(Sequential model, Schedule schedule, int epochs) {
    return saving(model)
        .schedule(schedule)
        .epochs(epochs)
        .reduceOnPlateau(ReduceOnPlateau.on(Monitor.loss()).patience(1).factor(0.5));
  }

  @ParameterizedTest(name = "stopped after {1} steps")
  @MethodSource("schedulesOfAnyLength")
  void more_epochs_end_as_if_so_many_had_been_asked_for_at_once(Schedule schedule, int steps) {
    Sequential whole = ResumedTraining.model(DType.FLOAT32);
    String expected = outcome(whole, saving(whole, schedule, 5).fit(EXAMPLES));
    assertThat(file().toFile().delete()).isTrue();

    AtomicInteger asked = new AtomicInteger();
    History first =
        saving(ResumedTraining.model(DType.FLOAT32), schedule, 3)
            .stopWhen(() -> asked.incrementAndGet() == steps)
            .fit(EXAMPLES);
    Sequential model = ResumedTraining.model(DType.FLOAT32);
    History second = saving(model, schedule, 5).fit(EXAMPLES);

    assertThat(first.ending())
        .isEqualTo(steps == 100 ? History.Ending.COMPLETED : History.Ending.INTERRUPTED);
    assertThat(outcome(model, second)).isEqualTo(expected);
  }

  @Test
  void more_epochs_of_a_training_that_would_have_stopped_early_by_then_give_its_end() {
    EarlyStopping impatient = EarlyStopping.on(Monitor.loss()).patience(1).minDelta(100);
    Sequential whole = ResumedTraining.model(DType.FLOAT32);
    History all = saving(whole, Schedule.constant(), 5).earlyStopping(impatient).fit(EXAMPLES);
    assertThat(all.ending()).isEqualTo(History.Ending.STOPPED_EARLY);
    assertThat(all.epochs()).hasSize(2);
    assertThat(file().toFile().delete()).isTrue();

    Sequential model = ResumedTraining.model(DType.FLOAT32);
    History first = saving(model, Schedule.constant(), 2).earlyStopping(impatient).fit(EXAMPLES);
    Sequential again = ResumedTraining.model(DType.FLOAT32);
    History second = saving(again, Schedule.constant(), 5).earlyStopping(impatient).fit(EXAMPLES);

    assertThat(first.ending()).isEqualTo(History.Ending.COMPLETED);
    assertThat(outcome(again, second)).isEqualTo(outcome(whole, all));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 100})
  void more_epochs_are_refused_where_the_schedule_has_depended_on_their_number(int steps)
      throws Exception {
    AtomicInteger asked = new AtomicInteger();
    saving(ResumedTraining.model(DType.FLOAT32))
        .stopWhen(() -> asked.incrementAndGet() == steps)
        .fit(EXAMPLES);
    byte[] before = Files.readAllBytes(file());
    Sequential model = ResumedTraining.model(DType.FLOAT32);
    String weights = Bits.sha256(model);

    assertThatThrownBy(() -> saving(model).epochs(4).fit(EXAMPLES))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            "The checkpoint %s is of another training; epochs: here 4, there 3, and the schedule"
                + " depends on how many there are: step 2 took 0.9333333333333333 of the learning"
                + " rate, and takes 0.95 of it in the longer training; to start anew delete it or"
                + " give another file",
            file());

    assertThat(Files.readAllBytes(file())).isEqualTo(before);
    assertThat(Bits.sha256(model)).isEqualTo(weights);
  }

  @Test
  void another_schedule_is_named_where_there_are_more_epochs_too() {
    saving(ResumedTraining.model(DType.FLOAT32), Schedule.step(0.5, 4), 3)
        .stopWhen(() -> true)
        .fit(EXAMPLES);
    assertThatThrownBy(
            () ->
                saving(ResumedTraining.model(DType.FLOAT32), Schedule.step(0.25, 4), 5)
                    .fit(EXAMPLES))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("; schedule: here 1.0 ")
        .hasMessageNotContaining("epochs:");
  }

  @Test
  void another_network_is_named() {
    saving(ResumedTraining.model(DType.FLOAT32)).stopWhen(() -> true).fit(EXAMPLES);
    assertThatThrownBy(() -> saving(ResumedTraining.model(DType.FLOAT64)).fit(EXAMPLES))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("another training; network.dtype: here FLOAT64, there FLOAT32; to");
  }

  @Test
  void settings_of_layers_that_differ_are_named_one_by_one() {
    assertThat(
            Differences.between(
                "network",
                "{\"layers\":[{\"type\":\"gru\",\"hidden\":64},{\"rate\":0.5}],\"seed\":1}",
                "{\"layers\":[{\"type\":\"lstm\",\"hidden\":32},{\"rate\":0.5}],\"head\":\"x\"}"))
        .containsExactly(
            "network.layers[0].type: here gru, there lstm",
            "network.layers[0].hidden: here 64, there 32",
            "network.seed: here 1, there not told",
            "network.head: here not told, there x");
    assertThat(Differences.between("network", "{\"layers\":[1]}", "{\"layers\":[1,2]}"))
        .containsExactly("network.layers: here [1], there [1,2]");
    assertThat(Differences.between("epochs", "3", null))
        .containsExactly("epochs: here 3, there not told");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 0.9, 0.999})
  void a_checkpoint_that_was_cut_short_or_damaged_is_refused(double share) throws Exception {
    saving(ResumedTraining.model(DType.FLOAT32)).stopWhen(() -> true).fit(EXAMPLES);
    byte[] whole = Files.readAllBytes(file());
    int place = (int) (share * whole.length);
    byte[] cut = Arrays.copyOf(whole, place);
    byte[] flipped = whole.clone();
    flipped[place] ^= 1;
    for (byte[] damaged : List.of(cut, flipped)) {
      Files.write(file(), damaged);
      Sequential model = ResumedTraining.model(DType.FLOAT32);
      String weights = Bits.sha256(model);

      assertThatThrownBy(() -> saving(model).fit(EXAMPLES))
          .isInstanceOf(CheckpointException.class)
          .hasMessageStartingWith("The checkpoint " + file() + ": expected ")
          .hasMessageEndingWith("; to start anew delete it");

      assertThat(Files.readAllBytes(file())).isEqualTo(damaged);
      assertThat(Bits.sha256(model)).isEqualTo(weights);
    }
  }

  @Test
  void a_model_file_is_no_checkpoint() throws Exception {
    ModelFile.save(file(), ResumedTraining.model(DType.FLOAT32), Map.of());
    assertThatThrownBy(() -> saving(ResumedTraining.model(DType.FLOAT32)).fit(EXAMPLES))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("expected the checkpoint of a training");
  }

  @Test
  void a_whole_checkpoint_without_what_is_needed_changes_nothing() throws Exception {
    saving(ResumedTraining.model(DType.FLOAT32)).stopWhen(() -> true).fit(EXAMPLES);
    CheckpointFile saved = CheckpointFile.load(file());
    for (String name : List.of("weights/dense.bias", "optimizer/powers", "training/position")) {
      Map<String, Tensor> less = new LinkedHashMap<>(saved.tensors());
      less.remove(name);
      CheckpointFile.save(file(), less, saved.metadata());
      Sequential model = ResumedTraining.model(DType.FLOAT32);
      String weights = Bits.sha256(model);
      assertThatThrownBy(() -> saving(model).fit(EXAMPLES))
          .isInstanceOf(CheckpointException.class)
          .hasMessage("The checkpoint " + file() + " lacks the tensor " + name);
      assertThat(Bits.sha256(model)).isEqualTo(weights);
    }
    Map<String, Tensor> other = new LinkedHashMap<>(saved.tensors());
    other.put("optimizer/powers", Tensor.zeros(DType.FLOAT64, 3));
    CheckpointFile.save(file(), other, saved.metadata());
    assertThatThrownBy(() -> saving(ResumedTraining.model(DType.FLOAT32)).fit(EXAMPLES))
        .hasMessageContaining("has a tensor optimizer/powers of FLOAT64 [3], expected FLOAT64 [2]");
  }

  @Test
  void a_folder_that_is_missing_is_an_error_that_says_so() {
    Path missing = folder.resolve("none").resolve("checkpoint");
    Trainer trainer =
        ResumedTraining.trainer(ResumedTraining.model(DType.FLOAT32))
            .checkpoints(Checkpoints.at(missing));
    assertThatThrownBy(() -> trainer.fit(EXAMPLES))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("expected a folder, found none; create it or check the path");
  }
}
