package org.rnn4j.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.testing.RunsOnce;

@RunsOnce
class SpaceTest {
  static final Space MIXED =
      Space.of(
          Dimension.choice("cell", "gru", "lstm", "simple"),
          Dimension.integer("units", 4, 256).log(),
          Dimension.real("rate", 1e-4, 1e-1).log(),
          Dimension.real("dropout", 0, 0.5),
          Dimension.choice("projected", true, false).when("cell", "lstm"),
          Dimension.integer("projection", 2, 9).when("projected", true));

  private static final String MIXED_JSON =
      "{\"cell\":{\"choice\":[\"gru\",\"lstm\",\"simple\"]},"
          + "\"units\":{\"integer\":[4,256],\"scale\":\"log\"},"
          + "\"rate\":{\"real\":[1.0E-4,0.1],\"scale\":\"log\"},"
          + "\"dropout\":{\"real\":[0.0,0.5]},"
          + "\"projected\":{\"choice\":[true,false],\"when\":{\"cell\":[\"lstm\"]}},"
          + "\"projection\":{\"integer\":[2,9],\"when\":{\"projected\":[true]}}}";

  private static LongStream seeds() {
    return LongStream.range(0, 5);
  }

  @Test
  void a_space_makes_the_round_trip_through_json() {
    assertThat(MIXED.toJson()).isEqualTo(MIXED_JSON);
    assertThat(Space.fromJson(MIXED_JSON)).isEqualTo(MIXED);
    assertThat(
            Space.fromJson(
                "{\"a\":{\"choice\":[1,2.5]},\"b\":{\"real\":[0,1],\"when\":{\"a\":1}}}"))
        .isEqualTo(
            Space.of(Dimension.choice("a", 1.0, 2.5), Dimension.real("b", 0, 1).when("a", 1)));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void configurations_that_are_drawn_have_the_parameters_that_exist(long seed) {
    RandomStream random = new RandomStream(seed);
    for (int i = 0; i < 300; i++) {
      Configuration drawn = MIXED.draw(random);

      boolean lstm = drawn.text("cell").equals("lstm");
      assertThat(drawn.has("projected")).isEqualTo(lstm);
      assertThat(drawn.has("projection")).isEqualTo(lstm && drawn.truth("projected"));
      assertThat(drawn.whole("units")).isBetween(4, 256);
      assertThat(drawn.real("rate")).isBetween(1e-4, 1e-1);
      assertThat(MIXED.configuration(drawn.values())).isEqualTo(drawn);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void values_are_spread_as_their_scale_says(long seed) {
    RandomStream random = new RandomStream(seed);
    int count = 4000;
    List<Configuration> drawn =
        IntStream.range(0, count).mapToObj(i -> MIXED.draw(random)).toList();
    double tolerance = 4 * Math.sqrt(0.25 / count);

    assertThat(share(drawn, c -> c.text("cell").equals("gru")))
        .isCloseTo(1 / 3.0, within(tolerance));
    assertThat(share(drawn, c -> c.whole("units") <= 32)).isCloseTo(0.5, within(0.02 + tolerance));
    assertThat(share(drawn, c -> c.real("rate") < 1e-3)).isCloseTo(1 / 3.0, within(tolerance));
    assertThat(share(drawn, c -> c.real("dropout") < 0.1)).isCloseTo(0.2, within(tolerance));
  }

  private static double share(List<Configuration> drawn, Predicate<Configuration> test) {
    return drawn.stream().filter(test).count() / (double) drawn.size();
  }

  @Test
  void every_whole_number_of_a_linear_range_is_equally_likely() {
    IntegerRange range = Dimension.integer("n", 1, 4);
    for (int i = 0; i < 400; i++) {
      assertThat(range.at((i + 0.5) / 400)).isEqualTo(1L + i / 100);
    }
    assertThat(range.at(0)).isEqualTo(1L);
    assertThat(range.at(1)).isEqualTo(4L);
  }

  @Test
  void a_place_gives_the_value_that_has_it() {
    for (Dimension dimension : MIXED.dimensions()) {
      for (int i = 0; i <= 50; i++) {
        Object value = dimension.at(i / 50.0);
        assertThat(dimension.place(value)).isBetween(0.0, 1.0);
        Object again = dimension.at(dimension.place(value));
        if (value instanceof Double number) {
          assertThat((Double) again).isCloseTo(number, within(1e-12 * number + 1e-15));
        } else {
          assertThat(again).isEqualTo(value);
        }
      }
    }
  }

  @Test
  void the_code_is_one_hot_for_choices_and_the_place_for_ranges() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("cell", "lstm");
    values.put("units", 32);
    values.put("rate", 1e-2);
    values.put("dropout", 0.25);
    values.put("projected", false);
    double[] code = MIXED.encode(MIXED.configuration(values));

    double units = Math.log(32 / 3.5) / Math.log(256.5 / 3.5);
    assertThat(code)
        .containsExactly(new double[] {0, 1, 0, units, 2 / 3.0, 0.5, 0, 1, 0.5}, within(1e-12));

    values.put("cell", "gru");
    values.remove("projected");
    code = MIXED.encode(MIXED.configuration(values));
    assertThat(code)
        .containsExactly(new double[] {1, 0, 0, units, 2 / 3.0, 0.5, 0, 0, 0.5}, within(1e-12));
  }

  @Test
  void configurations_are_counted_without_those_that_do_not_exist() {
    Space small =
        Space.of(
            Dimension.integer("a", 1, 10),
            Dimension.choice("b", "x", "y").when("a", 1, 2),
            Dimension.integer("c", 1, 3).when("b", "y"));
    // a = 1 or 2: b = x, or y with three; eight others.
    assertThat(small.size()).isEqualTo(2 * (1 + 3) + 8);
    assertThat(small.size()).isEqualTo(new Grid(100).trials(small, 1));
    assertThat(MIXED.size()).isEqualTo(Long.MAX_VALUE);
    assertThat(
            Space.of(Dimension.integer("a", 0, 1L << 40), Dimension.integer("b", 0, 1L << 40))
                .size())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void a_grid_has_every_combination_once() throws InterruptedException {
    Space space =
        Space.of(
            Dimension.choice("cell", "gru", "lstm"),
            Dimension.real("rate", 1e-4, 1e-2).log(),
            Dimension.integer("units", 8, 128).log(),
            Dimension.integer("heads", 1, 2).when("cell", "lstm"));

    List<Trial> trials = Search.over(space).method(new Grid(3)).run((c, f, b, s) -> 0).trials();

    assertThat(trials).hasSize(9 + 9 * 2);
    assertThat(trials).extracting(Trial::configuration).doesNotHaveDuplicates();
    Set<Object> rates = new HashSet<>();
    Set<Object> units = new HashSet<>();
    trials.forEach(trial -> rates.add(trial.configuration().real("rate")));
    trials.forEach(trial -> units.add(trial.configuration().whole("units")));
    assertThat(rates).hasSize(3).contains(1e-4, 1e-2);
    assertThat(units).containsExactlyInAnyOrder(8, 32, 128);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void a_grid_has_as_many_trials_as_it_says(long seed) {
    RandomStream random = new RandomStream(seed);
    List<Dimension> dimensions = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Dimension dimension =
          random.nextInt(2) == 0
              ? Dimension.integer("p" + i, 1, 2 + random.nextInt(12)).log()
              : Dimension.choice("p" + i, 1L, 2L, 3L);
      // A value that the grid may not have.
      dimensions.add(
          i == 0 || random.nextInt(3) == 0
              ? dimension
              : dimension.when("p" + random.nextInt(i), 1L));
    }
    Space space = new Space(dimensions);
    for (int points = 1; points <= 4; points++) {
      Grid grid = new Grid(points);
      assertThat(grid.start(space, 1, random).ask()).hasSize(grid.trials(space, 1));
    }
  }

  @Test
  void a_grid_that_is_too_large_is_refused_without_being_listed() {
    Space space =
        new Space(
            IntStream.range(0, 40)
                .<Dimension>mapToObj(i -> Dimension.integer("p" + i, 1, 1000))
                .toList());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Grid(1000).trials(space, 1))
        .withMessageStartingWith("Expected a grid of at most 100000 configurations, got more");
  }

  @Test
  void a_randomised_search_tries_a_small_space_as_a_whole() throws InterruptedException {
    Space space = Space.of(Dimension.integer("a", 1, 3), Dimension.choice("b", 1, 2));

    List<Trial> trials =
        Search.over(space).method(new Randomised(50)).run((c, f, b, s) -> 0).trials();
    List<Trial> learned =
        Search.over(space).method(Bayesian.of(50)).run((c, f, b, s) -> c.whole("a")).trials();

    assertThat(trials).hasSize(6).extracting(Trial::configuration).doesNotHaveDuplicates();
    assertThat(learned).hasSize(6).extracting(Trial::configuration).doesNotHaveDuplicates();
  }

  @Test
  void values_that_are_hardly_ever_drawn_are_tried_too_where_all_are_wanted()
      throws InterruptedException {
    Space wide = Space.of(Dimension.integer("a", 1, 3000).log());
    Space narrow = Space.of(Dimension.integer("a", 1, 40).log());

    List<Trial> trials =
        Search.over(wide).method(new Randomised(3000)).run((c, f, b, s) -> 0).trials();
    List<Trial> learned =
        Search.over(narrow).method(Bayesian.of(40)).run((c, f, b, s) -> -c.whole("a")).trials();

    assertThat(trials).hasSize(3000).extracting(Trial::configuration).doesNotHaveDuplicates();
    assertThat(learned).hasSize(40).extracting(Trial::configuration).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|Expected a space of at least one parameter, got none",
        "{'a':3}|Expected an object such as {\"choice\": [1, 2]} for parameter a, got 3",
        "{'a':{}}|Expected one of choice, integer and real for parameter a, got none",
        "{'a':{'choice':[1],'real':[0,1]}}|Expected one of choice, integer and real for parameter"
            + " a, got [choice, real]",
        "{'a':{'chioce':[1]}}|Expected choice, integer or real, and scale or when for parameter a,"
            + " got chioce",
        "{'a':{'choice':[]}}|Expected at least one value for parameter a, got none",
        "{'a':{'choice':[1,2,1]}}|Expected each value once for parameter a, got [1, 2, 1]",
        "{'a':{'choice':[null]}}|Expected values as choice for parameter a, got null",
        "{'a':{'choice':[[1]]}}|Expected texts, numbers or truth values for parameter a, got [1]",
        "{'a':{'choice':[1],'scale':'log'}}|Expected a scale for ranges only for parameter a, got"
            + " one for a choice",
        "{'a':{'integer':[1]}}|Expected the least and the greatest value as integer for parameter"
            + " a, got [1]",
        "{'a':{'integer':[1,2.5]}}|Expected whole numbers as integer for parameter a, got 2.5",
        "{'a':{'integer':[5,5]}}|Expected a range from a whole number to a greater one, within"
            + " ±2^52 for parameter a, got 5 to 5",
        "{'a':{'integer':[0,5],'scale':'log'}}|Expected a range above 0 for a log scale for"
            + " parameter a, got 0 to 5",
        "{'a':{'real':[1,0]}}|Expected a range from a finite number to a greater one for parameter"
            + " a, got 1.0 to 0.0",
        "{'a':{'real':[0,1],'scale':'log'}}|Expected a range above 0 for a log scale for parameter"
            + " a, got 0.0 to 1.0",
        "{'a':{'real':[0,1],'scale':'cubic'}}|Expected the scale \"log\" or \"linear\" for"
            + " parameter a, got cubic",
        "{'a':{'real':['0',1]}}|Expected numbers as real for parameter a, got 0",
        "{'a':{'real':[0,1],'when':{'b':1}},'b':{'choice':[1]}}|Expected parameter a to depend on"
            + " one that stands before it, [], got b",
        "{'b':{'choice':[1]},'a':{'real':[0,1],'when':{'b':[2]}}}|Parameter a would never exist:"
            + " Expected one of [1] for parameter b, got 2",
        "{'b':{'choice':[1]},'a':{'real':[0,1],'when':{'b':[]}}}|Expected values of b to depend on,"
            + " got none",
        "{'b':{'choice':[1]},'a':{'real':[0,1],'when':{'b':null}}}|Expected a list of values as"
            + " when for parameter a, got null",
        "{'b':{'choice':[1]},'a':{'real':[0,1],'when':[]}}|Expected one parameter with its values"
            + " as when for parameter a, got []",
        "{' ':{'choice':[1]}}|Expected a parameter with a name, got \" \"",
      })
  void spaces_that_are_empty_or_contradict_themselves_are_refused(String json, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Space.fromJson(json.replace('\'', '"')))
        .withMessage(message);
  }

  @Test
  void a_parameter_that_stands_twice_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Space.of(Dimension.choice("a", 1), Dimension.choice("a", 2)))
        .withMessage("Expected each parameter once, got a twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Space.fromJson("{\"a\":{\"choice\":[1]},\"a\":{\"choice\":[2]}}"))
        .withMessageStartingWith("Not valid JSON: ");
  }

  @Test
  void values_outside_the_space_and_of_another_kind_are_refused() {
    Space space =
        Space.of(Dimension.choice("a", "x", "y"), Dimension.real("b", 0, 1).when("a", "x"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> space.configuration(Map.of("a", "z")))
        .withMessage("Expected one of [x, y] for parameter a, got \"z\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> space.configuration(Map.of("a", "x")))
        .withMessage("Expected a value for parameter b, got none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> space.configuration(Map.of("a", "y", "b", 0.5)))
        .withMessage("Expected values of the parameters [a], got one of b");
    Configuration configuration = space.configuration(Map.of("a", "x", "b", 1));
    assertThat(configuration.real("b")).isEqualTo(1.0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> configuration.whole("a"))
        .withMessage("Expected a whole number for parameter a, got \"x\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> configuration.text("c"))
        .withMessage("Expected one of the parameters [a, b], got c");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Configuration(Map.of("a", 1L << 31)).whole("a"))
        .withMessage("Expected a whole number of 32 bits for parameter a, got 2147483648");
    assertThat(new Configuration(Map.of("a", -1L << 31)).whole("a")).isEqualTo(Integer.MIN_VALUE);
  }
}
