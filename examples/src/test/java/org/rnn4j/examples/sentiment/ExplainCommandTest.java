package org.rnn4j.examples.sentiment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rnn4j.examples.sentiment.Program.run;
import static org.rnn4j.examples.sentiment.Program.runOnTerminal;
import static org.rnn4j.examples.sentiment.Program.runWithInput;
import static org.rnn4j.examples.sentiment.Program.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.backend.Activation;
import org.rnn4j.json.Json;
import org.rnn4j.layer.Sequential;
import org.rnn4j.text.TextPipeline;
import org.rnn4j.text.Truncation;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.explain.Explainer;
import org.rnn4j.text.explain.Explanation;
import org.rnn4j.text.explain.TokenWeight;

class ExplainCommandTest {
  private static final TextPipeline PIPELINE =
      TextPipeline.builder()
          .minimumFrequency(1)
          .truncation(Truncation.keepLast(4))
          .fit(List.of("a good film", "a bad film"));

  @TempDir static Path shared;
  private static Path plain;
  private static Path attentive;

  @TempDir Path folder;

  @BeforeAll
  static void saveTwoModels() throws IOException {
    int words = PIPELINE.vocabulary().size();
    plain = shared.resolve("plain.safetensors");
    attentive = shared.resolve("attentive.safetensors");
    Sequential.Builder gru = Sequential.builder(3).embedding(words, 6).gru(6);
    classifier(gru.lastState()).save(plain);
    Sequential.Builder hops = Sequential.builder(3).embedding(words, 6).gru(6);
    classifier(hops.attention(4, 2)).save(attentive);
  }

  private static TextClassifier classifier(Sequential.Builder network) {
    return new TextClassifier(
        PIPELINE, network.dense(2, Activation.SOFTMAX).build(), List.of("no", "yes"));
  }

  @Test
  void a_line_a_word_gives_its_weight_and_how_it_was_read() throws IOException {
    Explanation expected =
        Explainer.of(TextClassifier.load(plain)).explain("So: a GOOD good xyzzy");

    Program.Run run = run("explain", "--model", plain, "So: a GOOD good xyzzy", "");

    assertThat(run.code()).as(run.messages()).isZero();
    List<TokenWeight> tokens = expected.tokens();
    assertThat(run.lines())
        .containsExactly(
            String.format(
                Locale.ROOT,
                "%s\t%.4f\tocclusion",
                expected.prediction().label(),
                expected.prediction().probability()),
            "so\t0.0000\tcut off",
            ":\t0.0000\tcut off",
            line("a", tokens.get(2).weight(), "known"),
            line("good", tokens.get(3).weight(), "known"),
            line("good", tokens.get(4).weight(), "known"),
            line("xyzzy", tokens.get(5).weight(), "unknown"),
            "",
            run("predict", "--model", plain, "").out().strip() + "\tocclusion",
            "");
    assertThat(run.messages()).isEmpty();
  }

  private static String line(String token, double weight, String reading) {
    return String.format(Locale.ROOT, "%s\t%.4f\t%s", token, weight, reading);
  }

  @Test
  void json_has_places_weights_and_hops() throws IOException {
    String text = "A <b>GOOD</b> film &amp; so";
    Explanation expected = Explainer.of(TextClassifier.load(attentive)).explain(text);

    Program.Run run = run("explain", "--model", attentive, "--json", text);

    Map<String, Object> report = run.json();
    assertThat(report).containsKeys("text", "label", "probability", "method", "tokens");
    assertThat(report.get("text")).isEqualTo(text);
    assertThat(report.get("method")).isEqualTo("attention");
    TokenWeight good = expected.tokens().get(1);
    assertThat(((List<?>) report.get("tokens")).get(1))
        .isEqualTo(
            Map.of(
                "token",
                "good",
                "start",
                5L,
                "end",
                9L,
                "reading",
                "known",
                "weight",
                good.weight(),
                "hops",
                good.hops()));
    assertThat(good.hops()).hasSize(2);
  }

  @Test
  void a_method_can_be_asked_for_where_the_network_has_it() {
    String text = "a good film";

    assertThat(run("explain", "--model", attentive, text).out()).contains("\tattention\n");
    assertThat(run("explain", "--model", attentive, "--method", "occlusion", text).out())
        .contains("\tocclusion\n");
    Program.Run without = run("explain", "--model", plain, "--method", "attention", text);
    assertThat(without.code()).isEqualTo(1);
    assertThat(without.error())
        .startsWith("Error: Expected a network with attention to explain by it, got")
        .endsWith("; occlusion explains any network");
    Program.Run unknown = run("explain", "--model", plain, "--method", "magic", text);
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.error())
        .contains("Expected a method of [auto, attention, occlusion], got magic");
    assertThat(run("explain", "--model", plain).code()).isEqualTo(2);
    assertThat(run("explain", "--model", plain, text, "-").code()).isEqualTo(2);
  }

  @Test
  void lines_of_standard_input_are_explained_as_texts_are() {
    String text = "a good film\n\nbad\n";

    assertThat(runWithInput(text.getBytes(UTF_8), "explain", "--model", plain, "-").out())
        .isEqualTo(run("explain", "--model", plain, "a good film", "", "bad").out());
  }

  @Test
  void a_terminal_gets_the_text_itself_with_colours_where_it_has_them() {
    Program.Run coloured = runOnTerminal(60, true, "explain", "--model", attentive, "A good film");
    Program.Run plainly = runOnTerminal(60, false, "explain", "--model", attentive, "A good film");

    assertThat(coloured.code()).isZero();
    assertThat(coloured.out()).contains("\u001b[48;5;");
    assertThat(coloured.out().replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plainly.out());
    assertThat(plainly.lines().get(2)).isEqualTo("A good film");
    assertThat(plainly.out()).contains("Attention: how much of the state");
  }

  @Test
  void a_page_is_written_whole_and_never_over_a_file_unless_that_is_wanted() throws IOException {
    Path page = folder.resolve("words.html");

    Program.Run first = run("explain", "--model", plain, "--html", page, "<good> film", "bad");

    assertThat(first.code()).isZero();
    assertThat(first.messages()).isEqualToIgnoringNewLines("Wrote " + page);
    assertThat(first.out()).isEqualTo(run("explain", "--model", plain, "<good> film", "bad").out());
    String html = Files.readString(page);
    assertThat(html).contains("&lt;", ">good</span>", "<!DOCTYPE html>").endsWith("</html>\n");

    Program.Run again = run("explain", "--model", plain, "--html", page, "bad");
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.error())
        .isEqualTo(
            "Error: "
                + page
                + ": expected the name of a file to make, found one; --force replaces it");
    assertThat(again.out()).isEmpty();
    assertThat(page).hasContent(html);

    Program.Run forced = run("explain", "--model", plain, "--html", page, "--force", "bad");
    assertThat(forced.code()).isZero();
    assertThat(Files.readString(page)).doesNotContain(">good</span>");
    assertThat(folder).isDirectoryContaining(file -> file.equals(page)).isNotEmptyDirectory();
  }

  @Test
  void a_page_that_cannot_be_written_is_told_before_any_work() {
    Path file = write(folder.resolve("file"), "x");

    Program.Run nowhere =
        run("explain", "--model", "absent", "--html", folder.resolve("none/x.html"), "bad");
    Program.Run within = run("explain", "--model", "absent", "--html", file.resolve("x"), "bad");
    Program.Run over = run("explain", "--model", "absent", "--html", folder, "--force", "bad");

    assertThat(List.of(nowhere.code(), within.code(), over.code())).containsOnly(1);
    assertThat(nowhere.error()).contains("expected a folder", "found none");
    assertThat(within.error()).contains("expected a folder", "found a file of that name");
    assertThat(over.error()).contains("expected the name of a file to write, got a folder");
  }

  @Test
  void a_picture_of_one_text_is_drawn_and_never_over_a_file_unless_that_is_wanted()
      throws IOException {
    Path picture = folder.resolve("words.svg");

    Program.Run first = run("explain", "--model", plain, "--picture", picture, "<good> film");

    assertThat(first.code()).as(first.messages()).isZero();
    assertThat(first.messages()).isEqualToIgnoringNewLines("Wrote " + picture);
    assertThat(picture).content().startsWith("<svg").contains(">&lt;</text>", ">good</text>");
    assertThat(run("explain", "--model", plain, "--picture", picture, "bad").error())
        .contains("found one; --force replaces it");
    Program.Run two = run("explain", "--model", "absent", "--picture", picture, "bad", "good");
    assertThat(two.code()).isEqualTo(2);
    assertThat(two.error()).isEqualTo("Error: --picture: expected one text, got 2 texts");
    assertThat(run("explain", "--model", "absent", "--picture", picture, "-").error())
        .isEqualTo("Error: --picture: expected one text, got standard input");
    assertThat(run("explain", "--model", "absent", "--picture", "words.gif", "bad").error())
        .isEqualTo("Error: Expected a picture's file to end in .png or .svg, got words.gif");
  }

  @Test
  void the_same_text_is_explained_in_the_same_bytes() {
    Object[] arguments = {"explain", "--model", plain, "--json", "a good bad film"};

    assertThat(run(arguments).out()).isEqualTo(run(arguments).out());
    assertThat(Json.parseObject(run(arguments).out().strip())).containsKey("tokens");
  }
}
