package org.rnn4j.tune;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.rnn4j.tensor.RandomStream;

/** Configurations drawn at random, none of them twice. */
final class Draws {
  /** So many draws in vain mean that (nearly) all of a space has been drawn. */
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
    return next;
  }
}
