package org.rnn4j.examples.demo;

import java.util.List;

/**
 * Something that people review, with the words they use for it. Every aspect goes with every
 * adjective of its topic, so that any frame filled from one topic reads naturally.
 */
enum Topic {
  FILM(
      "film, movie, picture, sequel",
      "plot, story, script, cast, acting, ending, soundtrack, dialogue, direction, comedy",
      "brilliant, gripping, clever, moving, wonderful, superb, charming, funny",
      "dull, weak, boring, clumsy, predictable, awful, lifeless, silly",
      "we saw it on Friday; a friend lent me the disc; this was our film for Sunday evening"),
  BOOK(
      "book, novel, thriller, story collection",
      "plot, prose, hero, villain, ending, opening chapter, dialogue, translation, style, preface",
      "gripping, witty, vivid, elegant, moving, memorable, wonderful, clever",
      "tedious, dull, clumsy, confusing, weak, forgettable, tiresome, boring",
      "I read it on the train; my sister gave me the paperback; our reading group chose this one"),
  RESTAURANT(
      "restaurant, meal, dinner, lunch",
      "soup, bread, steak, dessert, salad, curry, coffee, wine, pizza, fish",
      "delicious, tasty, lovely, excellent, perfect, superb, delightful, wonderful",
      "bland, awful, terrible, disgusting, tasteless, disappointing, poor, dreadful",
      "we had a table by the window; I went there with two colleagues; it was my second visit"),
  HOTEL(
      "hotel, guesthouse, hostel, resort",
      "room, bed, bathroom, breakfast, view, service, lobby, pool, garden, terrace",
      "lovely, pleasant, charming, splendid, delightful, excellent, perfect, beautiful",
      "dreadful, shabby, awful, gloomy, unpleasant, poor, miserable, disappointing",
      "we stayed for three nights; I booked it in March; the whole family came along"),
  GADGET(
      "phone, laptop, tablet, camera",
      "screen, battery, keyboard, speaker, charger, lens, software, microphone, touchpad, case",
      "excellent, reliable, sturdy, superb, handy, impressive, perfect, brilliant",
      "useless, faulty, flimsy, awful, unreliable, poor, shoddy, terrible",
      "I have used it for a month; my brother ordered two of them; it arrived on Tuesday"),
  GAME(
      "game, remake, expansion, puzzle game",
      "story, music, combat, tutorial, final boss, map, interface, level design, racing, animation",
      "addictive, inventive, amusing, exciting, polished, superb, clever, thrilling",
      "repetitive, buggy, tedious, frustrating, ugly, boring, clumsy, unfair",
      "I played it over the weekend; my daughter finished it first; I bought it on the first day"),
  CONCERT(
      "concert, show, festival, gig",
      "singer, band, drummer, sound, opening act, encore, orchestra, choir, guitarist, stage",
      "fantastic, stunning, energetic, magical, splendid, superb, lively, wonderful",
      "dreadful, lifeless, tired, sloppy, awful, noisy, tedious, dull",
      "we stood near the front; I had waited a year for this; the hall was full that night");

  private final List<String> things;
  private final List<String> aspects;
  private final List<String> praise;
  private final List<String> blame;
  private final List<String> openings;

  Topic(String things, String aspects, String praise, String blame, String openings) {
    this.things = List.of(things.split(", "));
    this.aspects = List.of(aspects.split(", "));
    this.praise = List.of((praise + ", good, great").split(", "));
    this.blame = List.of((blame + ", bad, horrible").split(", "));
    this.openings = List.of(openings.split("; "));
  }

  /** Names of the whole that is reviewed, such as "film". */
  List<String> things() {
    return things;
  }

  /** Names of its parts, such as "plot"; all in the singular. */
  List<String> aspects() {
    return aspects;
  }

  /** Adjectives of a positive or of a negative judgement. */
  List<String> adjectives(boolean positive) {
    return positive ? praise : blame;
  }

  /** Sentences that tell nothing about the judgement, to stand before it. */
  List<String> openings() {
    return openings;
  }
}
