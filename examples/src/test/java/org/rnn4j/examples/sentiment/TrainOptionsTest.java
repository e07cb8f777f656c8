package org.rnn4j.examples.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rnn4j.examples.sentiment.Program.read;
import static org.rnn4j.examples.sentiment.Program.run;
import static org.rnn4j.examples.sentiment.Program.write;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.design.Preset;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.data.TsvReader;
import org.rnn4j.train.Checkpoints;
import org.rnn4j.train.History;

/** Every part of a network and its training is an option. */
class TrainOptionsTest {
  private static final String PLAIN =
      "1\ta good film\n0\ta bad film\n1\tgood acting\n0\tbad acting\n".repeat(6);

  @TempDir Path folder;
  private Path data;
  private Path model;

  @BeforeEach
  void writeData() {
    data = write(folder.resolve("data.tsv"), PLAIN);
    model = folder.resolve("model");
  }

  private Program.Run train(String options, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("train", "--data", data, "--out", model));
    arguments.addAll(List.of("--preset", "movie-lstm", "--threads", 1));
    arguments.addAll(List.of(options.split(" ")));
    arguments.addAll(List.of(more));
    return run(arguments.toArray());
  }

  @Test
  void layers_attention_vectors_and_training_are_as_options_say() {
    Path vectors = write(folder.resolve("words.vec"), "2 3\ngood 1 0 1\nbad 0 1 0\n");

    Program.Run run =
        train(
            "--cell gru --layers 4,2 --bidirectional --attention lin:r=2,da=3,penalty=1"
                + " --layer-norm --embedding 3 --word-dropout 0.1 --recurrent-dropout 0.1"
                + " --layer-dropout 0.1 --dropout 0.2 --head softmax --clip global:1 --optimizer"
                + " adamw:lr=0.01,decay=0.1 --schedule cosine:warmup=1 --early-stopping patience=1"
                + " --class-weights --batch-size 8 --epochs 3 --validation 0.25 --vectors",
            vectors + ":frozen");

    assertThat(run.code()).as(run.messages()).isZero();
    assertThat(run.out())
        .containsPattern("(?m)^bidirectional +\\[tokens, 8\\] +[0-9]+$")
        .containsPattern("(?m)^bidirectional_2 +\\[tokens, 4\\] +[0-9]+$")
        .containsPattern("(?m)^layer_norm_2 +\\[tokens, 4\\] +8$")
        .containsPattern("(?m)^attention +\\[batch, 8\\] +18$")
        .containsPattern("(?m)^dense +\\[batch, 2\\] +18$")
        .containsPattern("(?m)^(Stopped early; )?best epoch: [123]$");
    assertThat(run.messages())
        .contains(
            "Vectors: 2 of 5 words and 18 of ", " tokens have a vector; the most frequent words")
        .contains("Note: a training of 9 steps in all learns little; a smaller --batch-size or");
    assertThat(run("predict", "--model", model, "a good film").code()).isZero();
  }

  @Test
  void baselines_stand_beside_the_network_and_say_what_it_does_not_beat() {
    Path test = write(folder.resolve("test.tsv"), PLAIN);
    String options = "--epochs 1 --layers 2 --embedding 2 --validation 0.25 --baselines --test";

    Program.Run run = train(options, test);

    assertThat(run.code()).as(run.messages()).isZero();
    assertThat(run.messages()).contains("Training NB-SVM on 18 texts");
    assertThat(run.out())
        .contains("On the validation texts:", "On the test texts:")
        .containsPattern("(?m)^NB-SVM +100\\.00 % +86\\.20 to 100\\.00 % ")
        .containsPattern("(?m)^majority +50\\.00 % +31\\.43 to 68\\.57 % ")
        .containsPattern("(?m)^network (does not beat|is beaten by) NB-SVM: .* of 24 texts, ");

    Program.Run json = train(options, test, "--json");

    Map<?, ?> compared = (Map<?, ?>) json.json().get("testComparison");
    assertThat((List<?>) compared.get("classifiers")).hasSize(3);
    assertThat(compared.get("verdict").toString()).startsWith("network ");
    assertThat(json.json()).containsKey("validationComparison");
  }

  @Test
  void a_design_that_was_printed_gives_the_same_model_as_its_options() {
    assertThat(train("--epochs 1 --layers 4 --embedding 4 --seed 3").code()).isZero();
    byte[] byOptions = read(model);
    Program.Run printed =
        run(
            (Object[])
                "design --preset movie-lstm --epochs 1 --layers 4 --embedding 4 --seed 3 --json"
                    .split(" "));
    Path design = write(folder.resolve("design.json"), printed.out());

    Program.Run run = run("train", "--data", data, "--out", model, "--design", design);

    assertThat(run.code()).as(run.messages()).isZero();
    assertThat(run.messages()).contains("Training " + design + " on 22 texts");
    assertThat(read(model)).isEqualTo(byOptions);
  }

  @Test
  void a_design_is_shown_setting_by_setting() {
    Program.Run run = run("design", "--preset", "imdb-gru", "--attention", "additive:8");

    assertThat(run.code()).isZero();
    assertThat(run.lines())
        .contains(
            "imdb-gru",
            "Network",
            "  pooling             additive:size=8",
            "  optimizer           adam:lr=0.002,beta1=0.9,beta2=0.999,eps=0.0001,form=keras");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void help_of_all_options_is_in_groups_and_fits_a_terminal() {
    Program.Run run = run("train", "--help");

    assertThat(run.lines())
        .contains("What is read of a text:", "Network:", "Loss and limits:", "Learning:");
    assertThat(run.out())
        .contains("--bidirectional[=MERGE]", "--early-stopping[=KIND[:…]]", "--learning-rate=RATE")
        .contains("sgd:lr=0.01,momentum=0,nesterov=false", "lin:r=5,da=10,penalty=0,form=sum");
  }

  @Test
  void texts_that_nothing_is_left_of_are_counted_and_named() {
    write(data, PLAIN + "1\t...\n0\t<br />\n1\t!\n0\t\n");

    Program.Run run = train("--epochs 1 --layers 2 --embedding 2 --validation 0");

    assertThat(run.code()).as(run.messages()).isZero();
    assertThat(run.messages())
        .contains("Note: 4 texts of " + data + " have no token left to read: number 25, 26, 27, …");
  }

  @Test
  void a_checkpoint_is_gone_on_from_only_by_the_training_that_it_is_of() {
    String options = "--layers 4 --embedding 4 --epochs 2 --batch-size 4 --validation 0";
    assertThat(train(options).code()).isZero();
    byte[] uninterrupted = read(model);
    Path checkpoint = folder.resolve("ck");
    Design design =
        Preset.MOVIE_LSTM
            .design()
            .with("layers", 4)
            .with("embedding", 4)
            .with("epochs", 2)
            .with("batch-size", 4);
    LabelledTexts texts = new TsvReader().read(data);
    History history =
        design
            .classifier(
                texts,
                trainer -> trainer.checkpoints(Checkpoints.at(checkpoint)).stopWhen(() -> true))
            .fit(texts)
            .history();
    assertThat(history.ending()).isEqualTo(History.Ending.INTERRUPTED);
    byte[] kept = read(checkpoint);

    Program.Run otherDesign =
        train(options + " --cell gru --max-length 2 --checkpoint " + checkpoint + " --resume");

    assertThat(otherDesign.code()).isEqualTo(1);
    assertThat(otherDesign.error())
        .startsWith("Error: The checkpoint " + checkpoint + " is of another training; network.")
        .contains("type: here gru, there lstm", "training examples: here 24 with SHA-256")
        .endsWith("to start anew delete it or give another file");
    assertThat(read(checkpoint)).isEqualTo(kept);
    assertThat(read(model)).isEqualTo(uninterrupted);

    Program.Run same = train(options + " --checkpoint " + checkpoint + " --resume");

    assertThat(same.code()).as(same.messages()).isZero();
    assertThat(read(model)).isEqualTo(uninterrupted);

    String more = options.replace("--epochs 2", "--epochs 3");
    assertThat(train(more).code()).isZero();
    byte[] longer = read(model);
    Program.Run further = train(more + " --checkpoint " + checkpoint + " --resume");

    assertThat(further.code()).as(further.messages()).isZero();
    assertThat(read(model)).isEqualTo(longer).isNotEqualTo(uninterrupted);
  }
}
