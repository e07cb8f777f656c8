package org.rnn4j.examples.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rnn4j.tensor.RandomStream;

/**
 * Writes one review at a time: draws a topic, a frame and a pattern, fills the pattern's slots, and
 * at times puts a neutral sentence before or after it. Which judgement a review comes to decides
 * nothing but on which side the adjectives and verbs are drawn.
 */
final class ReviewWriter {

  /**
   * A written review, with the places its words of judgement stand in.
   *
   * @param review the review
   * @param combinations the pattern with each of its adjectives, or with its verb and subject: what
   *     an unseen text must hold something new of
   */
  record Draft(DemoReview review, List<String> combinations) {}

  private static final Pattern SLOT = Pattern.compile("\\{([a-z ]+)}");
  private static final List<String> COPULAS = List.of("was", "is");
  private static final List<String> EMPHASIS = List.of("", "", "really ", "truly ", "simply ");
  private static final List<String> PLEASING =
      List.of("delight", "impress", "please", "charm", "satisfy");
  private static final List<String> DISPLEASING =
      List.of("annoy", "disappoint", "bore", "irritate", "frustrate");
  private static final List<String> CLOSINGS =
      List.of(
          "that is my honest view",
          "so much for our evening",
          "and that is all I can tell",
          "the others said the same",
          "I paid for it myself");

  private static final int TOTAL_WEIGHT = totalWeight();

  private final RandomStream random;

  private Topic topic = Topic.FILM;
  private String pattern = "";
  private boolean positive;
  private String one = "";
  private String other = "";
  private String copula = "";
  private List<String> combinations = List.of();

  ReviewWriter(RandomStream random) {
    this.random = random;
  }

  /**
   * Writes the next review: draws a frame, and fills it again and again until the filling is
   * wanted. So how often a frame comes does not depend on what is wanted.
   *
   * @param positive the judgement it shall come to
   * @param wanted tells from the combinations of a draft whether it will do
   */
  Draft next(boolean positive, Predicate<List<String>> wanted) {
    this.positive = positive;
    Frame frame = pickFrame();
    Draft draft;
    do {
      draft = write(frame);
    } while (!wanted.test(draft.combinations()));
    return draft;
  }

  private Draft write(Frame frame) {
    topic = pick(List.of(Topic.values()));
    pattern = pick(frame.patterns());
    one = pick(topic.aspects());
    do {
      other = pick(topic.aspects());
    } while (other.equals(one));
    copula = pick(COPULAS);
    combinations = new ArrayList<>();

    StringBuilder text = new StringBuilder();
    int surroundings = random.nextInt(4);
    if (surroundings == 0) {
      appendSentence(text, pick(topic.openings()));
    }
    appendSentence(text, fill());
    if (surroundings == 1) {
      appendSentence(text, pick(CLOSINGS));
    }
    return new Draft(
        new DemoReview(text.toString(), positive, frame.name().toLowerCase(Locale.ROOT)),
        List.copyOf(combinations));
  }

  private String fill() {
    Matcher slots = SLOT.matcher(pattern);
    StringBuilder filled = new StringBuilder();
    while (slots.find()) {
      slots.appendReplacement(filled, Matcher.quoteReplacement(fill(slots.group(1))));
    }
    slots.appendTail(filled);
    return filled.toString();
  }

  private String fill(String slot) {
    return switch (slot) {
      case "thing" -> pick(topic.things());
      case "one" -> one;
      case "other" -> other;
      case "is" -> copula;
      case "very" -> pick(EMPHASIS);
      case "for" -> adjective(positive);
      case "against" -> adjective(!positive);
      case "a for" -> withArticle(adjective(positive));
      case "a against" -> withArticle(adjective(!positive));
      case "claim" -> predicate(positive);
      case "objection" -> predicate(!positive);
      case "please" -> verb(positive);
      case "displease" -> verb(!positive);
      default -> throw new IllegalStateException("Unknown slot {" + slot + "} in: " + pattern);
    };
  }

  /** An adjective, or three times in ten its opposite negated. */
  private String predicate(boolean favourable) {
    return random.nextInt(10) < 3 ? "not " + adjective(!favourable) : adjective(favourable);
  }

  private String adjective(boolean favourable) {
    String adjective = pick(topic.adjectives(favourable));
    combinations.add(pattern + " / " + adjective);
    return adjective;
  }

  /** Verbs are few, so that it is the verb with its subject that may be new in a pattern. */
  private String verb(boolean favourable) {
    String verb = pick(favourable ? PLEASING : DISPLEASING);
    combinations.add(pattern + " / " + one + ' ' + verb);
    return verb;
  }

  private static String withArticle(String adjective) {
    boolean vowel = "aeiou".indexOf(adjective.charAt(0)) >= 0 && !adjective.startsWith("use");
    return (vowel ? "an " : "a ") + adjective;
  }

  private Frame pickFrame() {
    int point = random.nextInt(TOTAL_WEIGHT);
    for (Frame frame : Frame.values()) {
      point -= frame.weight();
      if (point < 0) {
        return frame;
      }
    }
    throw new IllegalStateException("The weights of the frames do not add up to " + TOTAL_WEIGHT);
  }

  private static int totalWeight() {
    int sum = 0;
    for (Frame frame : Frame.values()) {
      sum += frame.weight();
    }
    return sum;
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static void appendSentence(StringBuilder text, String sentence) {
    if (text.length() > 0) {
      text.append(' ');
    }
    text.append(Character.toUpperCase(sentence.charAt(0)));
    text.append(sentence, 1, sentence.length()).append('.');
  }
}
