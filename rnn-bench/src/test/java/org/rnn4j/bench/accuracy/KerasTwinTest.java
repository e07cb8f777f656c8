package org.rnn4j.bench.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.backend.Activation;
import org.rnn4j.bench.compare.PeerException;
import org.rnn4j.examples.design.Design;
import org.rnn4j.io.ModelFile;
import org.rnn4j.layer.Attention;
import org.rnn4j.layer.Attention.Penalty;
import org.rnn4j.layer.Bidirectional;
import org.rnn4j.layer.Concatenate;
import org.rnn4j.layer.Dense;
import org.rnn4j.layer.Dropout;
import org.rnn4j.layer.Dropout.Unit;
import org.rnn4j.layer.Embedding;
import org.rnn4j.layer.Gru;
import org.rnn4j.layer.LayerNorm;
import org.rnn4j.layer.LayerSpec;
import org.rnn4j.layer.Lstm;
import org.rnn4j.layer.Merge;
import org.rnn4j.layer.OverTime;
import org.rnn4j.layer.OverTime.Take;
import org.rnn4j.layer.Residual;
import org.rnn4j.layer.Sequential;
import org.rnn4j.layer.SimpleRnn;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.train.Trainer;

/**
 * Keras' networks and trainings beside ours, from the same weights. The property {@code rnn.python}
 * names a Python; without Keras and TensorFlow in it there is nothing to run.
 */
class KerasTwinTest {
  private static final String PYTHON = System.getProperty("rnn.python", "");
  private static final int WORDS = 12;

  /** Lengths differ, one text is empty, and one fills the longest. */
  private static final List<Example> EXAMPLES =
      List.of(
          new Example(new int[] {3, 4, 5, 3, 6, 11, 2}, 1),
          new Example(new int[] {7}, 0),
          new Example(new int[] {}, 1),
          new Example(new int[] {1, 8, 9, 10}, 0),
          new Example(new int[] {2, 2}, 1),
          new Example(new int[] {5, 11, 3, 1, 4}, 0));

  @TempDir static Path folder;

  private static KerasTwin keras;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(!PYTHON.isEmpty(), "the property rnn.python names a Python with Keras");
    Process probe =
        new ProcessBuilder(
                PYTHON,
                "-c",
                "import importlib.util as u, sys; "
                    + "sys.exit(not (u.find_spec('keras') and u.find_spec('tensorflow')))")
            .start();
    assumeTrue(probe.waitFor() == 0, "Keras and TensorFlow in " + PYTHON);
    keras =
        new KerasTwin(
            new KerasTwin.Home(Path.of(PYTHON), Path.of("peers"), 1, folder.resolve("keras.log")),
            line -> {});
  }

  @AfterAll
  static void stop() {
    if (keras != null) {
      keras.close();
    }
  }

  private static Sequential network(LayerSpec... layers) {
    Sequential.Builder builder = Sequential.builder(3);
    Stream.of(layers).forEach(builder::layer);
    return builder.dense(2, Activation.SOFTMAX).build();
  }

  /** Every layer that there is a Keras form of, with every choice of its settings. */
  static List<Sequential> networks() {
    LayerSpec words = Embedding.spec(WORDS, 4).initialLimit(0.5).wordDropout(0.1, 1);
    List<Sequential> networks = new ArrayList<>();
    networks.add(
        network(
            words,
            Dropout.spec(0.1).unit(Unit.TOKEN),
            Dropout.spec(0.1).unit(Unit.WORD),
            Dropout.spec(0.1).unit(Unit.FEATURE),
            Gru.spec(4).resetAfter(false).recurrentDropout(0.2),
            Lstm.spec(3).backwards(true),
            LayerNorm.withDefaults(),
            Dropout.spec(0.1).unit(Unit.TOKEN),
            SimpleRnn.spec(4),
            Dropout.spec(0.3).unit(Unit.FEATURE),
            OverTime.spec(Take.LAST)));
    for (Merge merge : Merge.values()) {
      networks.add(
          network(
              words,
              Bidirectional.spec(Lstm.spec(3).recurrentDropout(0.2)).merge(merge),
              Bidirectional.spec(Gru.spec(2)).merge(merge),
              OverTime.spec(Take.LAST)));
    }
    networks.add(
        network(
            words,
            Residual.spec(Gru.spec(4), Dropout.spec(0.1)),
            Concatenate.branch().branch(SimpleRnn.spec(3), Lstm.spec(2)),
            Dense.spec(5, Activation.RELU),
            Concatenate.branch(Attention.additive(3))
                .branch(Attention.structured(3, 2).penalty(Penalty.MEAN, 0.5))
                .branch(OverTime.spec(Take.MEAN))
                .branch(OverTime.spec(Take.MAX))));
    networks.add(
        network(
            Embedding.spec(WORDS, 3).trainable(false),
            SimpleRnn.spec(3).backwards(true),
            OverTime.spec(Take.LAST)));
    return networks;
  }

  private static Path save(Sequential model) throws Exception {
    Path file = folder.resolve("model.safetensors");
    ModelFile.save(file, model, Map.of());
    return file;
  }

  /** Draws every weight anew, biases too, so that none may be left out unseen. */
  private static void scatter(Sequential model) {
    RandomStream random = new RandomStream(5);
    for (Parameter parameter : model.parameters().values()) {
      for (int i = 0; i < parameter.value().size(); i++) {
        parameter.value().set(i, random.nextGaussian() / 2);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void keras_gives_what_we_give_under_the_same_weights(Sequential model) throws Exception {
    scatter(model);

    double apart =
        Judgement.apart(Judgement.logits(model, EXAMPLES), keras.check(save(model), EXAMPLES));

    assertThat(apart).as(model.configuration().toString()).isLessThan(1e-5);
  }

  @ParameterizedTest
  @CsvSource({
    "0, cell=lstm bidirectional=concat pooling=mean-max optimizer=adam:lr=0.02 clip=global:0.1"
        + " schedule=cosine:least=0.1;warmup=2 averaging=0.8",
    "1, cell=gru pooling=lin:r=2;da=3;penalty=0.5 label-smoothing=0.1 optimizer=adam:lr=0.02"
        + " clip=value:0.01 averaging=0.5",
    "0, cell=lstm layer-norm=true pooling=additive:3 optimizer=adamw:lr=0.02;decay=0.3 head=sigmoid"
        + " label-smoothing=0.2 schedule=linear clip=norm:0.05",
    "0, cell=simple residual=true pooling=mean optimizer=sgd:lr=0.1;momentum=0.9;nesterov=true",
  })
  void keras_learns_what_we_learn_from_the_same_weights(int choice, String settings)
      throws Exception {
    Design design =
        Design.parse(
            "layers=4 embedding=4 embedding-limit=0.5 epochs=6 batch-size=6 "
                + settings.replace(';', ','));
    Sequential model = design.network(WORDS, 2);
    List<String> all = List.copyOf(model.parameters().keySet());
    keras.prepare(new KerasTwin.Task(save(model), design, EXAMPLES, all, true, false), choice);

    Trainer trainer = Trainer.of(model);
    design.configure(trainer, labels());
    trainer.fit(EXAMPLES);
    for (int epoch = 0; epoch < 6; epoch++) {
      keras.epoch();
    }

    assertThat(Judgement.apart(Judgement.logits(model, EXAMPLES), keras.predict(EXAMPLES)))
        .isLessThan(1e-3);
  }

  private static LabelledTexts labels() {
    return LabelledTexts.of(
        EXAMPLES.stream()
            .map(example -> new LabelledText("a text", Integer.toString(example.label())))
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "truncation=5, 'truncation'",
    "early-stopping=loss, 'early-stopping=loss'",
    "schedule=plateau, 'the schedule plateau'",
    "optimizer=rmsprop, 'rmsprop'",
    "l2=0.1, 'l2=0.1'",
    "clip=norm:1, 'two of rnn4j''s biases'",
  })
  void what_keras_has_no_form_of_is_refused(String settings, String named) throws Exception {
    Design design = Design.parse("layers=4 embedding=3 " + settings);
    Path model = save(design.network(WORDS, 2));

    assertThatThrownBy(
            () ->
                keras.prepare(
                    new KerasTwin.Task(model, design, EXAMPLES, List.of(), true, false), 0))
        .isInstanceOf(PeerException.class)
        .hasMessageContaining("no Keras form is known of")
        .hasMessageContaining(named);
  }
}
