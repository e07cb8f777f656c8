package org.rnn4j.examples.draw;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.examples.draw.Element.Anchor;

/** Collects the elements of a picture, from the background to the foreground. */
public final class Canvas {
  private final double width;
  private final List<Element> elements = new ArrayList<>();

  /** An empty canvas of a width in pixels; its height is told at the end. */
  public Canvas(double width) {
    this.width = width;
  }

  /** The width in pixels. */
  public double width() {
    return width;
  }

  /** Draws a line from point to point; one of fewer than two points is left out. */
  public void line(List<Point> points, Stroke stroke) {
    if (points.size() > 1) {
      elements.add(new Element.Line(points, stroke));
    }
  }

  /** Draws a straight line. */
  public void line(double fromX, double fromY, double toX, double toY, Stroke stroke) {
    line(List.of(new Point(fromX, fromY), new Point(toX, toY)), stroke);
  }

  /** Fills a rectangle. */
  public void box(double x, double y, double boxWidth, double height, Ink ink, double opacity) {
    elements.add(
        new Element.Area(
            List.of(
                new Point(x, y),
                new Point(x + boxWidth, y),
                new Point(x + boxWidth, y + height),
                new Point(x, y + height)),
            ink,
            opacity));
  }

  /** Draws the shape of a series. */
  public void mark(Mark mark, Point centre, double radius, Ink ink) {
    elements.add(mark.at(centre, radius, ink));
  }

  /** Draws the rim of a circle. */
  public void ring(Point centre, double radius, Stroke stroke) {
    elements.add(new Element.Ring(centre, radius, stroke));
  }

  /** Writes a text that begins, ends or has its middle at a place on its baseline. */
  public void text(double x, double y, String text, double size, Anchor anchor, Ink ink) {
    add(new Element.Text(new Point(x, y), text, size, anchor, false, false, ink));
  }

  /** Writes a text in bold letters. */
  public void bold(double x, double y, String text, double size, Anchor anchor, Ink ink) {
    add(new Element.Text(new Point(x, y), text, size, anchor, true, false, ink));
  }

  /** Writes a text that is read from the bottom up. */
  public void upright(double x, double y, String text, double size, Anchor anchor, Ink ink) {
    add(new Element.Text(new Point(x, y), text, size, anchor, false, true, ink));
  }

  /**
   * What was drawn.
   *
   * @param height the height in pixels
   * @param title what the picture shows, in a few words
   * @param description what is to be seen in it, for those who cannot see it
   */
  public Picture picture(double height, String title, String description) {
    return new Picture(width, height, title, description, elements);
  }

  private void add(Element.Text text) {
    if (!text.text().isEmpty()) {
      elements.add(text);
    }
  }
}
