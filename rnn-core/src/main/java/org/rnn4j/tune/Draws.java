package org.rnn4j.tune;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.rnn4j.tensor.RandomStream;

/** Configurations drawn at random, none of them twice. */
final class Draws {
  /** After so many draws in vain what is left of a space is listed, where it can be. */
  private static final int MOST_DRAWS = 1000;

  private final Space space;
  private final RandomStream random;
  private final Set<Configuration> drawn = new LinkedHashSet<>();

  Draws(Space space, RandomStream random) {
    this.space = space;
    this.random = random;
  }

  /** Further configurations: as many as asked for, or fewer if the space has no more. */
  List<Configuration> next(int count) {
    List<Configuration> next = new ArrayList<>();
    int vain = 0;
    while (next.size() < count && vain < MOST_DRAWS) {
      Configuration configuration = space.draw(random);
      if (drawn.add(configuration)) {
        next.add(configuration);
        vain = 0;
      } else {
        vain++;
      }
    }
    if (next.size() < count) {
      next.addAll(left(count - next.size()));
    }
    return next;
  }

  /** Some of what has not been drawn, each equally likely. */
  private List<Configuration> left(int count) {
    List<Configuration> left = new ArrayList<>(Grid.all(space));
    left.removeAll(drawn);
    int[] order = IntStream.range(0, left.size()).toArray();
    random.shuffle(order);
    List<Configuration> some = IntStream.of(order).limit(count).mapToObj(left::get).toList();
    drawn.addAll(some);
    return some;
  }
}
