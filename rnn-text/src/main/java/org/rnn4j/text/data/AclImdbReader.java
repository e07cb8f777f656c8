package org.rnn4j.text.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the reviews of the Large Movie Review Dataset (Maas et al., ACL 2011) from its official
 * layout: folders {@code train} and {@code test}, in each of them {@code neg} and {@code pos}, in
 * these one file a review, named {@code ID_RATING.txt}. Negative reviews get the label <i>0</i>,
 * positive ones <i>1</i>. Where {@code urls_neg.txt} and {@code urls_pos.txt} lie beside them, the
 * group of a review is its film, {@code tt} and a number.
 *
 * <p>The order is the same on every machine: negative before positive, each by ascending id. Hidden
 * files are passed over, any other stray file is an error.
 */
public final class AclImdbReader {
  private static final Pattern REVIEW = Pattern.compile("([0-9]{1,9})_([0-9]{1,2})\\.txt(\\.gz)?");
  private static final Pattern FILM = Pattern.compile("tt[0-9]+");
  private static final List<String> FOLDERS = List.of("neg", "pos");
  private static final List<String> LABELS = List.of("0", "1");

  private record Review(Path file, int id, int rating) {}

  /** A reader of the official layout. */
  public AclImdbReader() {}

  /** Whether a path is a folder of this layout: {@code pos} and {@code neg}, or {@code train}. */
  public static boolean isAclImdb(Path folder) {
    return holdsReviews(folder) || holdsReviews(folder.resolve("train"));
  }

  private static boolean holdsReviews(Path folder) {
    return FOLDERS.stream().allMatch(name -> Files.isDirectory(folder.resolve(name)));
  }

  /**
   * Reads the training half of the folder that holds {@code train} and {@code test}.
   *
   * @throws DataException as {@link #read}
   */
  public LabelledTexts readTrain(Path root) {
    return read(root.resolve("train"));
  }

  /**
   * Reads the test half of the folder that holds {@code train} and {@code test}.
   *
   * @throws DataException as {@link #read}
   */
  public LabelledTexts readTest(Path root) {
    return read(root.resolve("test"));
  }

  /**
   * Reads the folder that holds {@code neg} and {@code pos}.
   *
   * @throws DataException if one of the two is missing or has no review, a file is not named {@code
   *     ID_RATING.txt}, a review is empty of bytes or not UTF-8, or a review has no film where
   *     films are given
   */
  public LabelledTexts read(Path folder) {
    List<LabelledText> examples = new ArrayList<>();
    try {
      for (int i = 0; i < FOLDERS.size(); i++) {
        Path reviews = folder.resolve(FOLDERS.get(i));
        Path filmFile = folder.resolve("urls_" + FOLDERS.get(i) + ".txt");
        List<String> films = Files.exists(filmFile) ? films(filmFile) : List.of();
        for (Review review : list(reviews)) {
          String text = text(review.file());
          if (films.isEmpty()) {
            examples.add(new LabelledText(text, LABELS.get(i)));
          } else if (review.id() < films.size()) {
            examples.add(new LabelledText(text, LABELS.get(i), films.get(review.id())));
          } else {
            throw DataException.inFile(
                filmFile,
                "a film at line " + (review.id() + 1) + " for " + review.file().getFileName(),
                films.size() + " lines");
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return LabelledTexts.of(examples, LABELS);
  }

  private static List<Review> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw DataException.inFile(
          folder, "a folder of reviews", Files.exists(folder) ? "a file" : "none of that name");
    }
    List<Review> reviews = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        Matcher matcher = REVIEW.matcher(name);
        if (matcher.matches()) {
          reviews.add(
              new Review(
                  file, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
        } else if (!name.startsWith(".")) {
          throw DataException.inFile(
              folder, "files named ID_RATING.txt", "a file named " + DataException.quote(name));
        }
      }
    }
    if (reviews.isEmpty()) {
      throw DataException.inFile(folder, "files named ID_RATING.txt", "an empty folder");
    }
    reviews.sort(
        Comparator.comparingInt(Review::id)
            .thenComparingInt(Review::rating)
            .thenComparing(review -> review.file().getFileName().toString()));
    return reviews;
  }

  private static String text(Path file) throws IOException {
    try (DecodingReader reader = DecodingReader.open(file, StandardCharsets.UTF_8)) {
      StringBuilder text = new StringBuilder();
      char[] buffer = new char[1 << 13];
      for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
        text.append(buffer, 0, count);
      }
      return text.toString();
    }
  }

  private static List<String> films(Path file) throws IOException {
    List<String> films = new ArrayList<>();
    try (Lines lines = new Lines(file, StandardCharsets.UTF_8)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        Matcher film = FILM.matcher(line);
        if (!film.find()) {
          throw DataException.atLine(
              file,
              lines.number(),
              "an address with a film's tt number",
              DataException.quote(line));
        }
        films.add(film.group());
      }
    }
    return films;
  }
}
