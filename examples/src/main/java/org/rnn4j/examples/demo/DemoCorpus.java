package org.rnn4j.examples.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.rnn4j.tensor.RandomStream;

/**
 * Three parts of made-up reviews: to learn from, to watch while learning, and to be tested on.
 *
 * <p>Every part holds as many positive reviews as negative ones. No text stands in two parts, nor
 * twice in one. What is more, about one in twenty of the combinations of a sentence pattern and a
 * word of judgement is kept out of training and validation altogether, and every text of the test
 * part holds at least one of these: "anything but" and "gloomy" may each have been read before, but
 * not together.
 *
 * @param training reviews to learn from
 * @param validation reviews to watch while learning, of the same combinations as the training part
 * @param test reviews with combinations that stand in neither of the others
 */
public record DemoCorpus(
    List<DemoReview> training, List<DemoReview> validation, List<DemoReview> test) {

  /** Number of reviews in the training part unless another is asked for. */
  public static final int TRAINING_SIZE = 4000;

  /** Number of reviews in the validation part, and in the test part, beside the training part's. */
  private static final int PART_OF_TRAINING = 4;

  private static final int ONE_HELD_OUT_IN = 20;

  /** Copies the lists. */
  public DemoCorpus {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
  }

  /** Draws a corpus of 4,000 training, 1,000 validation and 1,000 test reviews. */
  public static DemoCorpus generate(long seed) {
    return generate(seed, TRAINING_SIZE);
  }

  /**
   * Draws a corpus; the same seed and size give the same corpus.
   *
   * @param seed any number
   * @param trainingSize number of training reviews, a multiple of 8 from 8 to 20,000; the
   *     validation and the test part get a quarter of it each
   * @throws IllegalArgumentException if the size is out of its range
   */
  public static DemoCorpus generate(long seed, int trainingSize) {
    if (trainingSize < 8 || trainingSize > 20_000 || trainingSize % 8 != 0) {
      throw new IllegalArgumentException(
          "trainingSize: expected a multiple of 8 from 8 to 20000, got " + trainingSize);
    }
    RandomStream random = new RandomStream(seed);
    RandomStream choices = random.derive("held out");
    Predicate<String> heldOut =
        combination -> choices.derive(combination).nextInt(ONE_HELD_OUT_IN) == 0;
    Predicate<List<String>> unseen = combinations -> combinations.stream().anyMatch(heldOut);
    ReviewWriter writer = new ReviewWriter(random.derive("reviews"));
    Set<String> texts = new HashSet<>();
    int smallSize = trainingSize / PART_OF_TRAINING;
    return new DemoCorpus(
        draw(trainingSize, writer, unseen.negate(), texts),
        draw(smallSize, writer, unseen.negate(), texts),
        draw(smallSize, writer, unseen, texts));
  }

  private static List<DemoReview> draw(
      int size, ReviewWriter writer, Predicate<List<String>> wanted, Set<String> texts) {
    List<DemoReview> reviews = new ArrayList<>(size);
    while (reviews.size() < size) {
      DemoReview review = writer.next(reviews.size() % 2 == 0, wanted).review();
      if (texts.add(review.text())) {
        reviews.add(review);
      }
    }
    return reviews;
  }
}
