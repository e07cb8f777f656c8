package org.rnn4j.bench.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables behind the comparison: kernels, the share of the peak, memory, peers' settings. */
final class Details {
  /** Forward, gradients of the weights, gradients of the inputs: three products for one. */
  private static final int PRODUCTS_IN_TRAINING = 3;

  private static final double MEGABYTE = 1e6;

  private final List<Outcome> outcomes;

  Details(List<Outcome> outcomes) {
    this.outcomes = outcomes;
  }

  private List<Outcome> training() {
    return outcomes.stream().filter(o -> o.row().kind() == Row.Kind.TRAIN).toList();
  }

  private static Optional<Double> throughput(Outcome outcome, Peer peer) {
    return outcome.series().stream()
        .filter(series -> series.entry().peer() == peer)
        .findFirst()
        .flatMap(Series::thousandTokensPerSecond)
        .map(Samples::median);
  }

  /** What recurrent dropout adds to the time of a step, from pairs of rounds in turns. */
  void dropout(StringBuilder text) {
    MarkdownTable table = new MarkdownTable(List.of("row", "threads", "who", "cost", "quartiles"));
    boolean any = false;
    for (Outcome outcome : training()) {
      for (Series bare : outcome.series()) {
        Optional<Samples> costs = bare.entry().bare() ? costs(outcome, bare) : Optional.empty();
        if (costs.isPresent()) {
          any = true;
          Samples shares = costs.get();
          table.add(
              List.of(
                  outcome.row().name(),
                  Integer.toString(outcome.row().threads()),
                  bare.entry().peer().label(),
                  Figures.percent(shares.median()),
                  Figures.percent(shares.lowerQuartile())
                      + " to "
                      + Figures.percent(shares.upperQuartile())));
        }
      }
    }
    if (any) {
      text.append("\n## What recurrent dropout adds to the time of a training step\n\n")
          .append(table);
    }
  }

  private static Optional<Samples> costs(Outcome outcome, Series bare) {
    Optional<Samples> without = bare.thousandTokensPerSecond();
    Optional<Samples> with =
        outcome.series().stream()
            .filter(s -> s.entry().peer() == bare.entry().peer() && !s.entry().bare())
            .findFirst()
            .flatMap(Series::thousandTokensPerSecond);
    if (without.isEmpty() || with.isEmpty()) {
      return Optional.empty();
    }
    List<Double> costs = new ArrayList<>();
    for (int i = 0; i < Math.min(bare.rounds(), with.get().values().size()); i++) {
      costs.add(without.get().values().get(i) / with.get().values().get(i) - 1);
    }
    return Optional.of(new Samples(costs));
  }

  /** SIMD beside scalar kernels. */
  void kernels(StringBuilder text) {
    MarkdownTable table =
        new MarkdownTable(List.of("row", "threads", "SIMD kernels", "scalar kernels", "ratio"));
    boolean any = false;
    for (Outcome outcome : training()) {
      Optional<Double> simd = throughput(outcome, Peer.RNN4J);
      Optional<Double> scalar = throughput(outcome, Peer.SCALAR);
      if (simd.isPresent() && scalar.isPresent()) {
        any = true;
        table.add(
            List.of(
                outcome.row().name(),
                Integer.toString(outcome.row().threads()),
                Figures.of(simd.get()),
                Figures.of(scalar.get()),
                Figures.ratio(simd.get() / scalar.get()) + "×"));
      }
    }
    if (any) {
      text.append("\n## Training with both kernels of rnn4j, thousand tokens/s\n\n").append(table);
    }
  }

  /** What a core reaches in products alone, and the share of it that training reaches. */
  void peak(StringBuilder text) {
    Optional<Outcome> product =
        outcomes.stream().filter(o -> o.row().kind() == Row.Kind.PRODUCT).findFirst();
    Map<String, Double> rates = new LinkedHashMap<>();
    product.ifPresent(
        outcome ->
            outcome
                .series()
                .forEach(
                    s ->
                        s.gigaflops()
                            .ifPresent(rate -> rates.put(s.entry().label(), rate.median()))));
    Optional<Double> peak = rates.values().stream().max(Comparator.naturalOrder());
    if (peak.isEmpty()) {
      return;
    }
    text.append("\n## The product peak of a core, and the share of it that training reaches\n\n");
    rates.forEach(
        (label, rate) ->
            text.append("- ")
                .append(label)
                .append(": ")
                .append(Figures.of(rate))
                .append(" GFLOP/s\n"));
    MarkdownTable table =
        new MarkdownTable(List.of("row", "threads", "rnn4j, GFLOP/s a core", "share of the peak"));
    for (Outcome outcome : training()) {
      Optional<Double> thousands = throughput(outcome, Peer.RNN4J);
      Row row = outcome.row();
      // On texts whose words repeat, products of a word are done once, so that nobody knows how
      // many.
      if (thousands.isPresent() && !row.batches().isRagged()) {
        double operations = (double) PRODUCTS_IN_TRAINING * row.network().forwardOperations();
        double rate = thousands.get() * 1e3 * operations / 1e9 / row.threads();
        table.add(
            List.of(
                row.name(),
                Integer.toString(row.threads()),
                Figures.of(rate),
                Figures.percent(rate / peak.get())));
      }
    }
    text.append("\nOnly multiplications and additions of products count.\n\n").append(table);
  }

  /** Resident memory, and what a training step allocates. */
  void memory(StringBuilder text) {
    List<String> labels =
        training().stream()
            .flatMap(outcome -> outcome.series().stream())
            .filter(series -> series.peakBytes().isPresent())
            .map(series -> series.entry().label())
            .distinct()
            .toList();
    if (labels.isEmpty()) {
      return;
    }
    List<String> head = new ArrayList<>(List.of("row", "threads"));
    head.addAll(labels);
    head.add("rnn4j, kB allocated a step");
    MarkdownTable table = new MarkdownTable(head);
    for (Outcome outcome : training()) {
      List<String> cells = new ArrayList<>();
      cells.add(outcome.row().name());
      cells.add(Integer.toString(outcome.row().threads()));
      for (String label : labels) {
        cells.add(
            outcome.series().stream()
                .filter(series -> series.entry().label().equals(label))
                .findFirst()
                .flatMap(Series::peakBytes)
                .map(bytes -> Figures.of(bytes / MEGABYTE))
                .orElse("–"));
      }
      cells.add(
          outcome
              .ours()
              .flatMap(series -> series.each("bytesPerStep"))
              .map(bytes -> Figures.of(bytes.median() / 1e3))
              .orElse("–"));
      table.add(cells);
    }
    text.append("\n## Peak of resident memory while training, MB\n\n").append(table);
  }

  /** What peers chose in their trials. */
  void settings(StringBuilder text) {
    MarkdownTable table = new MarkdownTable(List.of("row", "peer", "setting"));
    boolean any = false;
    for (Outcome outcome : outcomes) {
      for (Series series : outcome.series()) {
        if (!series.entry().peer().isOurs() && !series.settings().isEmpty()) {
          any = true;
          table.add(
              List.of(
                  outcome.row().title(),
                  series.entry().label() + "/" + series.entry().threads(),
                  series.settings()));
        }
      }
    }
    if (any) {
      text.append("\n## What was fastest in the peers' own trials\n\n").append(table);
    }
  }
}
