package org.rnn4j.examples.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rnn4j.examples.design.Setting.Group;
import org.rnn4j.json.Json;
import org.rnn4j.layer.Sequential;
import org.rnn4j.text.Vocabulary;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.LabelledTexts;

class DesignTest {
  /** A value of each setting that is not as it is unless told. */
  private static final Design OTHER =
      Design.parse(
          """
          cleaning=tweets tokenizer=tweets stop-words=english-negations max-words=500
          min-frequency=1 max-length=20 keep=first embedding=6 embedding-limit=0.001
          vectors=words.vec:glove:frozen cell=simple layers=6,6 bidirectional=mean truncation=7
          layer-norm=true residual=true pooling=lin:r=2,da=3,penalty=0.5,form=mean head=sigmoid
          word-dropout=0.01 token-dropout=0.02 embedding-dropout=0.03 value-dropout=0.04
          feature-dropout=0.05 recurrent-dropout=0.06 layer-dropout=0.07 dropout=0.08
          label-smoothing=0.1 class-weights=balanced l2=1e-5 max-norm=3 clip=value:0.5
          optimizer=sgd:lr=0.1,momentum=0.9,nesterov=true schedule=cosine:least=0.1,warmup=5
          batch-size=16 batches-per-step=2 epochs=7 early-stopping=accuracy:patience=2,keep=last
          averaging=0.99 seed=12345678901\
          """);

  @TempDir Path folder;

  @Test
  void every_setting_goes_through_text_and_json_and_back() {
    assertThat(OTHER.differencesFrom(Design.standard())).isEqualTo(Settings.all());

    assertThat(Design.parse(OTHER.toString())).isEqualTo(OTHER);
    assertThat(Design.fromMap(Json.parseObject(Json.write(OTHER.toMap())))).isEqualTo(OTHER);
    assertThat(Design.standard().toString()).isEmpty();
    assertThat(Design.fromMap(Design.standard().toMap())).isEqualTo(Design.standard());
  }

  @Test
  void json_has_numbers_as_numbers_and_lists_as_lists() {
    assertThat(OTHER.toMap())
        .containsEntry("embedding", 6)
        .containsEntry("layers", List.of(6, 6))
        .containsEntry("dropout", 0.08)
        .containsEntry("layer-norm", true)
        .containsEntry("seed", 12345678901L)
        .containsEntry("optimizer", "sgd:lr=0.1,momentum=0.9,nesterov=true")
        .containsEntry("vectors", "words.vec:glove:frozen");
  }

  @Test
  void values_of_a_search_are_set_by_name_whole_settings_first() {
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("learning-rate", 0.0025);
    found.put("optimizer", "rmsprop:momentum=0.5");
    found.put("pooling.size", 16L);
    found.put("attention", "additive");
    found.put("layers", List.of(8, 4));
    found.put("embedding", 32L);
    found.put("layer-norm", true);

    Design design = Preset.TWITTER_GRU.design().with(found);

    assertThat(design.text(TrainingSettings.OPTIMIZER))
        .isEqualTo("rmsprop:lr=0.0025,decay=0.9,momentum=0.5,eps=1e-7");
    assertThat(design.text(NetworkSettings.POOLING)).isEqualTo("additive:size=16");
    assertThat(design.get(NetworkSettings.LAYERS)).containsExactly(8, 4);
    assertThat(design.get(TextSettings.EMBEDDING)).isEqualTo(32);
    assertThat(design.get(NetworkSettings.LAYER_NORM)).isTrue();
    assertThat(design.get(TextSettings.MAX_LENGTH)).isEqualTo(64);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clip=2 | global:limit=2",
        "clip=norm | norm:limit=1",
        "early-stopping=patience=2 | loss:patience=2,delta=0,keep=best",
        "pooling=additive:32 | additive:size=32",
        "pooling=lin:r=3 | lin:r=3,da=10,penalty=0,form=sum",
        "optimizer=adamw | adamw:lr=0.001,decay=0.01,beta1=0.9,beta2=0.999,eps=1e-7,form=keras",
        "schedule=step:0.3,every=10 | step:factor=0.3,every=10,warmup=0",
        "learning-rate=3e-3 | adam:lr=0.003,beta1=0.9,beta2=0.999,eps=1e-7,form=keras",
        "l2=.00001 | 1e-5",
      })
  void short_forms_mean_whole_ones(String given, String whole) {
    String name = given.substring(0, given.indexOf('='));
    Setting<?> setting =
        Settings.all().stream()
            .filter(other -> other.name().equals(name.equals("learning-rate") ? "optimizer" : name))
            .findFirst()
            .orElseThrow();

    assertThat(Design.parse(given).text(setting)).isEqualTo(whole);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "epochs=0 | epochs: expected a whole number of 1 or more, got \"0\"",
        "epochs=1.5 | epochs: expected a whole number of 1 or more, got \"1.5\"",
        "epochs=99999999999 | epochs: expected a whole number of 1 or more, got \"99999999999\"",
        "dropout=1 | dropout: expected a number from 0 to below 1, got \"1\"",
        "dropout=NaN | dropout: expected a number from 0 to below 1, got \"NaN\"",
        "l2=-1 | l2: expected a number of 0 or more, got \"-1\"",
        "layers=64,,32 | layers: expected whole numbers of 1 or more, separated by commas,",
        "layer-norm=yes | layer-norm: expected true or false, got \"yes\"",
        "cell=rnn | cell: expected one of gru, lstm, simple, got \"rnn\"",
        "pooling=sum | pooling: expected one of last, mean, max, mean-max, additive:size,"
            + " lin:r,da,",
        "attention=mean | attention: expected one of [additive, lin], got mean",
        "clip=0 | clip: global limit: expected a number above 0, got \"0\"",
        "optimizer=adam:rate=1 | optimizer: expected a parameter of [lr, beta1, beta2, eps, form]",
        "optimizer=adam:eps=1e-40 | optimizer: expected epsilon of Adam to be at least 1e-30",
        "optimizer=sgd:nesterov=true | optimizer: expected momentum of Nesterov's kind",
        "optimizer=sgd:lr=1,lr=2 | optimizer: expected lr of sgd once, got it twice",
        "pooling=mean:3 | pooling: expected no parameter for mean, got 3",
        "optimizer.size=3 | optimizer.size: expected a parameter of [lr,",
        "epochs.size=3 | epochs.size: expected a setting with parameters, got epochs",
        "depth=3 | depth: expected a setting of cleaning, tokenizer,",
        "epoch=3 | epoch: expected a setting, did you mean epochs?",
        "learning=3 | learning: expected a setting, did you mean learning-rate?",
        "attention=lin pooling=lin | attention: expected this or pooling, which mean the same, got"
            + " both",
        "epsilon=1e-3 optimizer.eps=1 | epsilon: expected this or optimizer.eps, which mean the"
            + " same",
        "epsilon=1e-3 optimizer=sgd | epsilon: expected a parameter of [lr, momentum, nesterov]",
        "vectors=:frozen | vectors: expected none or FILE[:FORMAT][:frozen], FORMAT one of glove,",
      })
  void what_is_no_value_is_refused_by_name_with_what_was_expected(String given, String message) {
    assertThatThrownBy(() -> Design.parse(given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "head=sigmoid | 3 | true | head: expected softmax for 3 labels, got sigmoid, for two",
        "bidirectional=sum truncation=9 | 2 | true | truncation: expected 0 for layers that are",
        "early-stopping=loss | 2 | false | early-stopping: expected validation texts, whose score",
        "schedule=plateau | 2 | false | schedule: expected validation texts, whose score",
        "residual=true layers=64 embedding=32 | 2 | true | residual: expected a recurrent layer"
            + " that",
      })
  void settings_that_do_not_go_together_are_refused(
      String given, int labels, boolean validated, String message) {
    Design design = Design.parse(given);

    assertThatThrownBy(() -> design.check(labels, validated))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void vectors_of_another_width_than_the_embedding_are_refused_before_they_are_read()
      throws IOException {
    Path file = Files.writeString(folder.resolve("words.txt"), "good 1 2 3\nbad 3 2 1\n");
    Design design = Design.standard().with("vectors", file.toString());

    assertThatThrownBy(() -> design.check(2, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "vectors: expected vectors of 128 numbers, as wide as the embedding, got vectors of 3"
                + " in "
                + file);
    Design fitting = design.with(TextSettings.EMBEDDING, 3);
    assertThatCode(() -> fitting.check(2, true)).doesNotThrowAnyException();
    assertThatThrownBy(() -> fitting.with(TextSettings.EMBEDDING_LIMIT, 0.1).check(2, true))
        .hasMessageStartingWith("embedding-limit: expected none beside vectors");
  }

  @Test
  void a_network_follows_from_its_design() {
    Design design =
        OTHER
            .with("vectors", "none")
            .with("truncation", 0)
            .with("pooling", "mean-max")
            .with("head", "softmax");

    Sequential model = design.network(50, 3);

    assertThat(model.layers().keySet())
        .containsExactly(
            "embedding",
            "dropout",
            "dropout_2",
            "dropout_3",
            "dropout_4",
            "residual",
            "layer_norm",
            "dropout_5",
            "residual_2",
            "layer_norm_2",
            "concatenate",
            "dropout_6",
            "dense");
    assertThat(Json.write(model.configuration()))
        .contains("\"initial_limit\":0.001", "\"word_dropout\":0.01", "\"recurrent_dropout\":0.06")
        .contains("\"merge\":\"MEAN\"", "\"unit\":\"WORD\"", "\"unit\":\"FEATURE\"", "simple_rnn");
    assertThat(model.outputs()).isEqualTo(3);
  }

  @Test
  void a_whole_design_trains_and_depends_on_its_seed() throws IOException {
    Path file = folder.resolve("words.txt");
    Files.writeString(file, "good 1 2 3 4 5 6\nbad 6 5 4 3 2 1\n");
    Design design =
        OTHER
            .with("vectors", file + ":frozen")
            .with("truncation", 0)
            .with(TextSettings.EMBEDDING_LIMIT, 0.05)
            .with(TrainingSettings.EPOCHS, 2)
            .with("schedule.warmup", 1);
    LabelledTexts texts =
        LabelledTexts.of(
            List.of(
                new LabelledText("so good :)", "1"),
                new LabelledText("so bad", "0"),
                new LabelledText("good good", "1")));
    design.check(2, true);

    Sequential model =
        design
            .classifier(texts, trainer -> trainer.threads(1))
            .fit(texts, texts)
            .classifier()
            .model();

    assertThat(model.seed()).isEqualTo(12345678901L);
    assertThat(model.parameter("embedding.table").value().get(Vocabulary.RESERVED, 0))
        .as("the frozen vector of the most frequent word")
        .isEqualTo(1);
  }

  @Test
  void numbers_are_written_in_their_shortest_digits() {
    assertThat(
            List.of(0.0, 1.0, 0.1, 2e-3, 1e-4, 1e-7, 1.5e-10, 123456.0, 2e23, 1.0 / 3, -2.5)
                .stream()
                .map(Literal::of))
        .containsExactly(
            "0",
            "1",
            "0.1",
            "0.002",
            "0.0001",
            "1e-7",
            "1.5e-10",
            "123456",
            "2e23",
            "0.3333333333333333",
            "-2.5");
  }

  @Test
  void every_setting_says_what_it_means_and_has_its_place() {
    assertThat(Settings.all())
        .allSatisfy(
            setting -> {
              assertThat(setting.description()).endsWith(".");
              assertThat(setting.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
              assertThat(setting.label()).isNotEmpty();
            });
    assertThat(Settings.all().stream().map(Setting::name)).doesNotHaveDuplicates();
    assertThat(Settings.all().stream().map(Setting::group).distinct())
        .containsExactly(Group.values());
  }
}
