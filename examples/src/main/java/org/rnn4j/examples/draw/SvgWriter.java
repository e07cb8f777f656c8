package org.rnn4j.examples.draw;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a picture as SVG. Texts stay texts; lengths have at most two decimals; nothing in it hangs
 * on the machine or the time. Colours are attributes, which the style sheet of a page may override
 * by the class beside them.
 */
final class SvgWriter {
  private static final String FONTS = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif";

  private final StringBuilder out = new StringBuilder();

  String write(Picture picture) {
    String size = number(picture.width()) + " " + number(picture.height());
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\"");
    attribute("viewBox", "0 0 " + size);
    attribute("width", number(picture.width()));
    attribute("height", number(picture.height()));
    attribute("role", "img");
    attribute("aria-label", escape(picture.title() + ". " + picture.description()));
    attribute("font-family", FONTS);
    out.append(">\n");
    area(
        List.of(
            new Point(0, 0),
            new Point(picture.width(), 0),
            new Point(picture.width(), picture.height()),
            new Point(0, picture.height())),
        Ink.PAPER,
        1);
    picture.elements().forEach(this::element);
    return out.append("</svg>").toString();
  }

  private void element(Element element) {
    if (element instanceof Element.Line line) {
      out.append("<path");
      attribute("d", path(line.points()));
      attribute("fill", "none");
      stroke(line.stroke());
      attribute("stroke-linejoin", "round");
      end();
    } else if (element instanceof Element.Area area) {
      area(area.corners(), area.ink(), area.opacity());
    } else if (element instanceof Element.Disc disc) {
      circle(disc.centre(), disc.radius());
      fill(disc.ink());
      end();
    } else if (element instanceof Element.Ring ring) {
      circle(ring.centre(), ring.radius());
      attribute("fill", "none");
      stroke(ring.stroke());
      end();
    } else if (element instanceof Element.Text text) {
      text(text);
    }
  }

  private void area(List<Point> corners, Ink ink, double opacity) {
    out.append("<path");
    attribute("d", path(corners) + "Z");
    fill(ink);
    if (opacity < 1) {
      attribute("fill-opacity", number(opacity));
    }
    end();
  }

  private void text(Element.Text text) {
    out.append("<text");
    attribute("x", number(text.at().x()));
    attribute("y", number(text.at().y()));
    attribute("font-size", number(text.size()));
    switch (text.anchor()) {
      case START -> {}
      case MIDDLE -> attribute("text-anchor", "middle");
      case END -> attribute("text-anchor", "end");
    }
    if (text.bold()) {
      attribute("font-weight", "bold");
    }
    if (text.upright()) {
      attribute(
          "transform", "rotate(-90 " + number(text.at().x()) + " " + number(text.at().y()) + ")");
    }
    fill(text.ink());
    out.append('>').append(escape(text.text())).append("</text>\n");
  }

  private void circle(Point centre, double radius) {
    out.append("<circle");
    attribute("cx", number(centre.x()));
    attribute("cy", number(centre.y()));
    attribute("r", number(radius));
  }

  private void fill(Ink ink) {
    attribute("class", ink.className());
    attribute("fill", ink.hex());
  }

  private void stroke(Stroke stroke) {
    attribute("class", stroke.ink().className() + "-line");
    attribute("stroke", stroke.ink().hex());
    attribute("stroke-width", number(stroke.width()));
    if (stroke.dash() != Dash.FULL) {
      attribute(
          "stroke-dasharray",
          stroke.dash().pattern().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }
    if (stroke.opacity() < 1) {
      attribute("stroke-opacity", number(stroke.opacity()));
    }
  }

  private void attribute(String name, String value) {
    out.append(' ').append(name).append("=\"").append(value).append('"');
  }

  private void end() {
    out.append("/>\n");
  }

  private static String path(List<Point> points) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      path.append(path.isEmpty() ? 'M' : 'L')
          .append(number(point.x()))
          .append(' ')
          .append(number(point.y()));
    }
    return path.toString();
  }

  /** At most two decimals, by whole numbers: what Java writes of a double differs by version. */
  private static String number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("Expected a finite length in a picture, got " + value);
    }
    long hundredths = Math.round(value * 100);
    long rest = Math.abs(hundredths % 100);
    String sign = hundredths < 0 ? "-" : "";
    String whole = sign + Math.abs(hundredths / 100);
    if (rest == 0) {
      return whole.equals("-0") ? "0" : whole;
    }
    return whole + "." + (rest < 10 ? "0" : "") + (rest % 10 == 0 ? rest / 10 : rest);
  }

  private static String escape(String text) {
    return Markup.escaped(text).replace('\t', ' ').replace('\n', ' ');
  }
}
