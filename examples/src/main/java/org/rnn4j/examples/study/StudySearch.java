package org.rnn4j.examples.study;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.design.DesignSearch;
import org.rnn4j.examples.design.Spaces;
import org.rnn4j.examples.design.TrainingSettings;
import org.rnn4j.examples.design.TuneMethod;
import org.rnn4j.json.Json;
import org.rnn4j.tune.SearchResult;
import org.rnn4j.tune.Space;

/**
 * What a study searches over: stages, each of which begins where the one before has ended. They
 * stand in a file beside this class, named as the study, once for data and once for the few short
 * texts of the demo:
 *
 * <pre>{@code
 * {"start": {"epochs": 3, "averaging": 0.998},
 *  "data": [{"name": "cells", "method": "grid", "space": {"cell": {"choice": ["lstm", "gru"]}}}],
 *  "demo": [...]}
 * }</pre>
 *
 * <p>A search on data begins with the first design of the study. Its training may end early, which
 * those of folds do not: {@code start} says how many epochs it has instead, and what else is
 * changed of it.
 *
 * @param start the design that the first stage changes; nothing ends its trainings early, for a
 *     fold has no validation texts
 * @param stages in order
 */
public record StudySearch(Design start, List<Stage> stages) {
  private static final int POINTS = 3;

  /**
   * A part of a search.
   *
   * @param name what it searches for, in words
   * @param method how configurations are chosen
   * @param space what is varied
   */
  public record Stage(String name, TuneMethod method, Space space) {}

  /** Searches in one stage. */
  @FunctionalInterface
  public interface Searching {
    /**
     * Searches.
     *
     * @param number of the stage, from 0
     * @throws InterruptedException if the thread was interrupted
     */
    SearchResult search(int number, Stage stage, DesignSearch search) throws InterruptedException;
  }

  /**
   * What was found.
   *
   * @param stages what was searched
   * @param results what came of each stage
   * @param design the winner of the last one
   */
  public record Found(List<Stage> stages, List<SearchResult> results, Design design) {
    /** Copies the lists. */
    public Found {
      stages = List.copyOf(stages);
      results = List.copyOf(results);
    }

    /** Every stage with its trials, and the design of the winner, as JSON on one line. */
    public String toJson() {
      List<Object> searches = new ArrayList<>();
      for (int i = 0; i < stages.size(); i++) {
        Map<String, Object> search = new LinkedHashMap<>();
        search.put("name", stages.get(i).name());
        search.putAll(Json.parseObject(results.get(i).toJson()));
        searches.add(search);
      }
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("searches", searches);
      json.put("design", design.toMap());
      return Json.write(json);
    }
  }

  /** Copies the list. */
  public StudySearch {
    stages = List.copyOf(stages);
  }

  /**
   * The search of a study.
   *
   * @param demo whether the texts are those of the demo
   * @param seed of every training
   */
  public static StudySearch of(Study study, boolean demo, long seed) {
    Design start =
        study
            .designs(demo)
            .values()
            .iterator()
            .next()
            .with(TrainingSettings.EARLY_STOPPING.name(), "none")
            .with(TrainingSettings.SEED, seed);
    Map<String, Object> file = Json.parseObject(resource(study + ".json"));
    if (!demo && file.get("start") instanceof Map<?, ?> changed) {
      for (Map.Entry<?, ?> entry : changed.entrySet()) {
        start = start.with(String.valueOf(entry.getKey()), entry.getValue());
      }
    }
    List<Stage> stages = new ArrayList<>();
    for (Object value :
        (List<?>) Optional.ofNullable(file.get(demo ? "demo" : "data")).orElseThrow()) {
      Map<?, ?> form = (Map<?, ?>) value;
      Space space = Space.fromJson(Json.write(form.get("space")));
      Spaces.check(space, start);
      stages.add(
          new Stage(
              String.valueOf(form.get("name")),
              TuneMethod.named(String.valueOf(form.get("method"))),
              space));
    }
    return new StudySearch(start, stages);
  }

  private static String resource(String name) {
    try (InputStream stream = StudySearch.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("Expected the resource " + name + ", found none");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Searches stage after stage.
   *
   * @param trials how many configurations a stage tries that is no grid
   * @throws IllegalArgumentException if all trials of a stage failed
   * @throws InterruptedException if the thread was interrupted
   */
  public Found run(int trials, Searching searching) throws InterruptedException {
    Design design = start;
    List<SearchResult> results = new ArrayList<>();
    for (Stage stage : stages) {
      DesignSearch search = new DesignSearch(design, stage.space(), stage.method(), trials, POINTS);
      SearchResult result = searching.search(results.size(), stage, search);
      results.add(result);
      design = search.winner(result);
    }
    return new Found(stages, results, design);
  }
}
