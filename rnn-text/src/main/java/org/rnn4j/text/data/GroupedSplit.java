package org.rnn4j.text.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.tensor.RandomStream;

/**
 * Parts texts by whole groups. Groups are laid end to end in random order, each as long as it has
 * texts, and the line is cut at the shares; a group belongs to the part that its middle falls in.
 * Large and small groups are thus equally likely in every part: a part that is filled with what
 * fits best would be one of small groups, which is another population.
 *
 * <p>Then single groups move as long as that brings the parts nearer to their shares. With n the
 * texts of a class, s the share of a part and m what the part holds of the class, the cost of a
 * split is Σ (m − s·n)² / (s·n), over all parts and over all classes and the texts as a whole.
 */
final class GroupedSplit {
  private final LabelledTexts texts;
  private final List<Group> groups;
  private final long seed;

  /** What each part should hold of each class, and of all texts in the last column. */
  private final double[][] targets;

  private final double[][] held;
  private final int[] groupsInPart;

  private static final class Group {
    final List<Integer> rows = new ArrayList<>();
    final int[] counts;
    int part = -1;

    Group(int classes) {
      counts = new int[classes + 1];
    }
  }

  GroupedSplit(LabelledTexts texts, double[] shares, long seed) {
    this.texts = texts;
    this.seed = seed;
    this.groups = groups(texts);
    int classes = texts.labels().size();
    this.targets = new double[shares.length][classes + 1];
    this.held = new double[shares.length][classes + 1];
    this.groupsInPart = new int[shares.length];
    for (Group group : groups) {
      for (int part = 0; part < shares.length; part++) {
        for (int c = 0; c <= classes; c++) {
          targets[part][c] += shares[part] * group.counts[c];
        }
      }
    }
  }

  /** The part of each text. */
  int[] assign() {
    requireEnoughGroups();
    int[] order = new int[groups.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    new RandomStream(seed).derive("split").shuffle(order);
    List<Group> shuffled = new ArrayList<>();
    for (int index : order) {
      shuffled.add(groups.get(index));
    }
    cut(shuffled);
    fillEmptyParts(shuffled);
    improve(shuffled);
    int[] assigned = new int[texts.size()];
    groups.forEach(group -> group.rows.forEach(row -> assigned[row] = group.part));
    return assigned;
  }

  private static List<Group> groups(LabelledTexts texts) {
    Map<String, Group> groups = new LinkedHashMap<>();
    int classes = texts.labels().size();
    for (int row = 0; row < texts.size(); row++) {
      String name = texts.get(row).group();
      if (name == null) {
        throw DataException.of("a group for every text", "none for text " + (row + 1));
      }
      Group group = groups.computeIfAbsent(name, key -> new Group(classes));
      group.rows.add(row);
      group.counts[texts.labelNumber(row)]++;
      group.counts[classes]++;
    }
    return List.copyOf(groups.values());
  }

  private void requireEnoughGroups() {
    int wanted = 0;
    for (int part = 0; part < targets.length; part++) {
      wanted += isWanted(part) ? 1 : 0;
    }
    if (groups.size() < wanted) {
      throw DataException.of(
          "at least " + wanted + " groups for as many parts", String.valueOf(groups.size()));
    }
  }

  private boolean isWanted(int part) {
    return targets[part][targets[part].length - 1] > 0;
  }

  /** Lays the groups end to end and cuts the line at the shares. */
  private void cut(List<Group> order) {
    double passed = 0;
    for (Group group : order) {
      int size = group.rows.size();
      place(group, partAt(passed + size / 2.0));
      passed += size;
    }
  }

  /** The part that a place on the line of all texts falls in. */
  private int partAt(double place) {
    double end = 0;
    int last = 0;
    for (int part = 0; part < targets.length; part++) {
      if (isWanted(part)) {
        last = part;
        end += targets[part][targets[part].length - 1];
        if (place < end) {
          return part;
        }
      }
    }
    return last;
  }

  /** A part that stayed empty, because even the smallest group is too large for it, gets one. */
  private void fillEmptyParts(List<Group> order) {
    for (int part = 0; part < targets.length; part++) {
      if (isWanted(part) && groupsInPart[part] == 0) {
        Group best = null;
        double least = Double.POSITIVE_INFINITY;
        for (Group group : order) {
          double cost = groupsInPart[group.part] > 1 ? costOfMoving(group, part) : least;
          if (cost < least) {
            least = cost;
            best = group;
          }
        }
        if (best != null) {
          move(best, part);
        }
      }
    }
  }

  private void improve(List<Group> order) {
    boolean improved = true;
    // The cost falls with every move, so this ends; the margin keeps rounding from undoing it.
    while (improved) {
      improved = false;
      for (Group group : order) {
        for (int part = 0; part < targets.length; part++) {
          boolean possible = part != group.part && isWanted(part) && groupsInPart[group.part] > 1;
          if (possible && costOfMoving(group, part) < -1e-9) {
            move(group, part);
            improved = true;
          }
        }
      }
    }
  }

  private double costOfMoving(Group group, int part) {
    return costOfAdding(group, part) + costOf(group, group.part, -1);
  }

  private double costOfAdding(Group group, int part) {
    return costOf(group, part, 1);
  }

  /** What adding (sign 1) a group to a part, or taking (−1) it out, changes in the cost. */
  private double costOf(Group group, int part, int sign) {
    double cost = 0;
    for (int c = 0; c < group.counts.length; c++) {
      double target = targets[part][c];
      double count = sign * group.counts[c];
      if (target > 0) {
        cost += count * (count + 2 * (held[part][c] - target)) / target;
      }
    }
    return cost;
  }

  private void move(Group group, int part) {
    add(group, group.part, -1);
    place(group, part);
  }

  private void place(Group group, int part) {
    group.part = part;
    add(group, part, 1);
  }

  private void add(Group group, int part, int sign) {
    groupsInPart[part] += sign;
    for (int c = 0; c < group.counts.length; c++) {
      held[part][c] += sign * group.counts[c];
    }
  }
}
