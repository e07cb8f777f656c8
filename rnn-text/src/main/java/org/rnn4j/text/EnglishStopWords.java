package org.rnn4j.text;

import java.util.ArrayList;
import java.util.List;

/** The closed classes of English words, by grammar. */
final class EnglishStopWords {
  private static final String ARTICLES = "a an the";

  private static final String PRONOUNS =
      "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his"
          + " himself she her hers herself it its itself they them their theirs themselves one"
          + " this that these those who whom whose which what someone something anyone anything";

  private static final String AUXILIARIES =
      "am is are was were be been being have has had having do does did doing will would shall"
          + " should can could may might must";

  private static final String PREPOSITIONS =
      "of at by for with about between into through during before after above below to from up"
          + " down in out on off over under as upon among around across along within toward"
          + " towards onto";

  private static final String CONJUNCTIONS =
      "and or if because while since until when where why how whether then than so";

  private static final String ADVERBS = "here there now again once also just";

  private static final String CONTRACTIONS =
      "i'm i've i'd i'll we're we've we'd we'll you're you've you'd you'll he's he'd he'll she's"
          + " she'd she'll it's it'd it'll they're they've they'd they'll that's that'd that'll"
          + " there's here's who's what's where's when's how's let's";

  static final StopWords FUNCTION_WORDS =
      list(ARTICLES, PRONOUNS, AUXILIARIES, PREPOSITIONS, CONJUNCTIONS, ADVERBS, CONTRACTIONS);

  static final StopWords NEGATIONS =
      list(
          "no not nor neither never none nobody nothing nowhere without cannot",
          "isn't aren't wasn't weren't ain't haven't hasn't hadn't don't doesn't didn't won't"
              + " wouldn't shan't shouldn't can't couldn't mayn't mightn't mustn't needn't");

  private EnglishStopWords() {}

  private static StopWords list(String... classes) {
    List<String> words = new ArrayList<>();
    for (String line : classes) {
      words.addAll(List.of(line.split(" ")));
    }
    return StopWords.of(words);
  }
}
