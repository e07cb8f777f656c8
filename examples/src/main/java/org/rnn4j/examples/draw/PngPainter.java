package org.rnn4j.examples.draw;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Paints a picture into pixels, without a screen. */
final class PngPainter {
  private final Graphics2D graphics;

  private PngPainter(Graphics2D graphics) {
    this.graphics = graphics;
  }

  static BufferedImage paint(Picture picture, int scale) {
    BufferedImage image =
        new BufferedImage(
            (int) Math.ceil(scale * picture.width()),
            (int) Math.ceil(scale * picture.height()),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(new Color(Ink.PAPER.rgb()));
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(scale, scale);
    PngPainter painter = new PngPainter(graphics);
    picture.elements().forEach(painter::element);
    graphics.dispose();
    return image;
  }

  private void element(Element element) {
    if (element instanceof Element.Line line) {
      use(line.stroke());
      graphics.draw(path(line.points()));
    } else if (element instanceof Element.Area area) {
      use(area.ink(), area.opacity());
      Path2D path = path(area.corners());
      path.closePath();
      graphics.fill(path);
    } else if (element instanceof Element.Disc disc) {
      use(disc.ink(), 1);
      graphics.fill(circle(disc.centre(), disc.radius()));
    } else if (element instanceof Element.Ring ring) {
      use(ring.stroke());
      graphics.draw(circle(ring.centre(), ring.radius()));
    } else if (element instanceof Element.Text text) {
      text(text);
    }
  }

  /** Writes a text, narrower where the machine's font is wider than the layout allows for. */
  private void text(Element.Text text) {
    use(text.ink(), 1);
    Font font =
        new Font("DejaVu Sans", text.bold() ? Font.BOLD : Font.PLAIN, 1)
            .deriveFont((float) text.size());
    graphics.setFont(font);
    double width = font.getStringBounds(text.text(), graphics.getFontRenderContext()).getWidth();
    double narrowing =
        Math.min(1, TextWidth.of(text.text(), text.size(), text.bold()) / Math.max(1, width));
    double before =
        switch (text.anchor()) {
          case START -> 0;
          case MIDDLE -> width / 2;
          case END -> width;
        };
    AffineTransform old = graphics.getTransform();
    graphics.translate(text.at().x(), text.at().y());
    if (text.upright()) {
      graphics.rotate(-Math.PI / 2);
    }
    graphics.scale(narrowing, 1);
    graphics.drawString(text.text(), (float) -before, 0);
    graphics.setTransform(old);
  }

  private void use(Ink ink, double opacity) {
    graphics.setColor(new Color(ink.rgb()));
    graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) opacity));
  }

  private void use(Stroke stroke) {
    use(stroke.ink(), stroke.opacity());
    List<Integer> pattern = stroke.dash().pattern();
    float[] lengths = new float[pattern.size()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = pattern.get(i);
    }
    graphics.setStroke(
        new BasicStroke(
            (float) stroke.width(),
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND,
            1,
            lengths.length == 0 ? null : lengths,
            0));
  }

  private static Path2D path(List<Point> points) {
    Path2D path = new Path2D.Double();
    for (Point point : points) {
      if (path.getCurrentPoint() == null) {
        path.moveTo(point.x(), point.y());
      } else {
        path.lineTo(point.x(), point.y());
      }
    }
    return path;
  }

  private static Ellipse2D circle(Point centre, double radius) {
    return new Ellipse2D.Double(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius);
  }
}
