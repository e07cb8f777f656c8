package org.rnn4j.examples.draw;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.rnn4j.io.AtomicFiles;

/**
 * A finished drawing.
 *
 * @param width pixels
 * @param height pixels
 * @param title what it shows, in a few words
 * @param description what is to be seen in it, for those who cannot see it
 * @param elements from the background to the foreground
 */
public record Picture(
    double width, double height, String title, String description, List<Element> elements) {
  /** How many pixels of a PNG stand for one of the picture, to each side. */
  private static final int SHARPNESS = 2;

  /** Copies the list. */
  public Picture {
    elements = List.copyOf(elements);
  }

  /** The picture as an SVG element, to stand in a page or alone; the same bytes everywhere. */
  public String svg() {
    return new SvgWriter().write(this);
  }

  /** The picture in pixels, {@code scale} for each of its own to each side. */
  public BufferedImage image(int scale) {
    return PngPainter.paint(this, scale);
  }

  /**
   * Writes or replaces a file, as PNG or SVG by the end of its name. A PNG has twice as many pixels
   * to each side, and its letters are of the fonts of the machine.
   *
   * @throws IllegalArgumentException if the name ends neither in .png nor in .svg
   * @throws IOException if the file cannot be written; the old one then stays
   */
  public void write(Path file) throws IOException {
    if (endsIn(requireName(file), ".svg")) {
      AtomicFiles.writeString(file, svg() + "\n");
    } else {
      AtomicFiles.write(file, stream -> ImageIO.write(image(SHARPNESS), "png", stream));
    }
  }

  /**
   * The file, if a picture can be written to one of its name.
   *
   * @throws IllegalArgumentException if the name ends neither in .png nor in .svg
   */
  public static Path requireName(Path file) {
    if (!endsIn(file, ".svg") && !endsIn(file, ".png")) {
      throw new IllegalArgumentException(
          "Expected a picture's file to end in .png or .svg, got " + file);
    }
    return file;
  }

  private static boolean endsIn(Path file, String end) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(end);
  }
}
