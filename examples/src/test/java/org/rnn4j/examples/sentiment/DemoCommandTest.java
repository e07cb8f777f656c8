package org.rnn4j.examples.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rnn4j.examples.sentiment.Program.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
  @TempDir Path folder;

  @Test
  void the_demo_trains_both_networks_draws_their_curves_and_judges_five_sentences()
      throws IOException {
    Path curves = folder.resolve("curves.png");

    Program.Run run = run("demo", "--size", 400, "--epochs", 2, "--curves", curves);

    assertThat(run.code()).as(run.messages()).isZero();
    assertThat(run.out())
        .contains("400 made-up reviews to learn from, 100 to watch by, 100 to be tested on")
        .containsPattern("(?m)^gru_3 +\\[tokens, 32\\] +6,336$")
        .containsPattern("(?m)^lstm_3 +\\[tokens, 48\\] +18,624$")
        .containsPattern("(?m)^bag of words +[0-9.]+ %$")
        .containsPattern("(?m)^twitter-gru +[0-9.]+ % +[0-9.]+$")
        .containsPattern("(?m)^twitter-lstm +[0-9.]+ % +[0-9.]+$")
        .contains("Learning curves: " + curves);
    assertThat(
            run.out().lines().filter(line -> line.matches(".* (posi|nega)tive [01]\\.[0-9]{3} .*")))
        .hasSize(5);
    assertThat(ImageIO.read(curves.toFile()).getWidth()).isEqualTo(1600);
  }

  @Test
  void the_demo_as_json_is_one_line_that_depends_on_the_seed_alone() {
    Object[] arguments = {
      "demo",
      "--size",
      80,
      "--epochs",
      1,
      "--seed",
      3,
      "--json",
      "--curves",
      folder.resolve("c.png")
    };

    Program.Run first = run(arguments);
    Program.Run second = run(arguments);

    assertThat(first.lines()).hasSize(1);
    assertThat(first.json().keySet())
        .contains("seed", "bagOfWordsAccuracy", "models", "curves", "seconds");
    List<?> models = (List<?>) first.json().get("models");
    assertThat(models).hasSize(2);
    assertThat(sentences(first)).isEqualTo(sentences(second));
    assertThat((List<?>) ((Map<?, ?>) models.get(0)).get("sentences")).hasSize(5);
  }

  @Test
  void a_picture_that_cannot_be_written_is_noticed_before_training() {
    Program.Run run = run("demo", "--curves", folder.resolve("none/curves.png"));

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.error()).contains("found none");
    assertThat(run.messages()).hasLineCount(1);
  }

  private static List<?> sentences(Program.Run run) {
    return ((List<?>) run.json().get("models"))
        .stream().map(model -> ((Map<?, ?>) model).get("sentences")).toList();
  }
}
