package org.rnn4j.tune;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small search. As a program it runs with a journal in a folder, prints {@code fold} for each
 * fold that is scored, and in the end writes the result.
 */
final class KilledSearch {
  private KilledSearch() {}

  static Search search() {
    return Search.over(SpaceTest.MIXED)
        .method(Bayesian.of(20).batch(2))
        .folds(4)
        .budget(9)
        .seed(3)
        .threads(3);
  }

  /** Searches in a folder, and goes on there. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    SearchResult result =
        search()
            .journal(folder.resolve("journal"))
            .run(
                (configuration, fold, budget, seed) -> {
                  Thread.sleep(2);
                  System.out.println("fold");
                  return SearchTest.score(configuration, fold, budget, seed);
                });
    Files.writeString(folder.resolve("result"), result.toJson());
    System.out.println("saved");
  }
}
