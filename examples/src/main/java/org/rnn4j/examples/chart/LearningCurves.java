package org.rnn4j.examples.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The loss and the accuracy of one or more models over their epochs, side by side in one picture. A
 * model has one colour, the training part a dashed line and the validation part a full one, and
 * models differ in the shape of their marks as well, so that nothing hangs on telling two colours
 * apart. The colours are those of Okabe and Ito (2008), made to be told apart by people with any
 * kind of colour vision.
 */
public final class LearningCurves {
  private static final int WIDTH = 1600;
  private static final int HEIGHT = 880;
  private static final Color[] COLOURS = {
    new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73), new Color(0xCC79A7)
  };
  private static final Marker[] MARKS = {
    SeriesMarkers.CIRCLE, SeriesMarkers.DIAMOND, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP
  };
  private static final int PADDING = 24;
  private static final int LEGEND_ROW = 42;
  private static final int TITLE_ROW = 60;
  private static final int SAMPLE = 80;
  private static final int MARK_SIZE = 12;
  private static final BasicStroke FULL =
      new BasicStroke(3.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  private static final BasicStroke DASHED =
      new BasicStroke(
          2.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {9, 7}, 0f);
  private static final Color INK = new Color(0x222222);
  private static final Color GRID = new Color(0xDDDDDD);

  /**
   * How one model learnt; every array has a value for each epoch. Losses are means, accuracies
   * shares from 0 to 1.
   *
   * @param model the model's name
   * @param trainingLoss loss on the training part
   * @param validationLoss loss on the validation part, empty if there was none
   * @param trainingAccuracy accuracy on the training part
   * @param validationAccuracy accuracy on the validation part, empty if there was none
   */
  public record Curve(
      String model,
      List<Double> trainingLoss,
      List<Double> validationLoss,
      List<Double> trainingAccuracy,
      List<Double> validationAccuracy) {
    /** Copies the lists. */
    public Curve {
      trainingLoss = List.copyOf(trainingLoss);
      validationLoss = List.copyOf(validationLoss);
      trainingAccuracy = List.copyOf(trainingAccuracy);
      validationAccuracy = List.copyOf(validationAccuracy);
    }
  }

  private LearningCurves() {}

  /**
   * Draws the curves into a PNG file of 1600 × 880 pixels, which stays legible at half that size.
   *
   * @param curves one to four models, each with at least one epoch
   * @param file the file to write or replace
   * @throws IOException if the file cannot be written
   * @throws IllegalArgumentException if there is nothing to draw, or are too many models
   */
  public static void write(List<Curve> curves, Path file) throws IOException {
    if (curves.isEmpty() || curves.size() > COLOURS.length) {
      throw new IllegalArgumentException(
          "Expected the curves of 1 to " + COLOURS.length + " models, got " + curves.size());
    }
    XYChart loss = chart("Loss", value -> String.format(Locale.ROOT, "%.1f", value));
    XYChart accuracy =
        chart("Accuracy", value -> String.format(Locale.ROOT, "%.0f %%", 100 * value));
    for (int i = 0; i < curves.size(); i++) {
      Curve curve = curves.get(i);
      add(loss, i, curve.model(), curve.trainingLoss(), curve.validationLoss());
      add(accuracy, i, curve.model(), curve.trainingAccuracy(), curve.validationAccuracy());
    }
    loss.getStyler().setYAxisMin(0.0);
    accuracy.getStyler().setYAxisMax(1.0);

    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    drawLegend(graphics, curves);
    int top = LEGEND_ROW * curves.size() + PADDING;
    graphics.translate(0, top);
    draw(graphics, loss, HEIGHT - top);
    graphics.translate(WIDTH / 2, 0);
    draw(graphics, accuracy, HEIGHT - top);
    graphics.dispose();
    try (OutputStream out = Files.newOutputStream(file)) {
      ImageIO.write(picture, "png", out);
    }
  }

  /** A chart under its title; XChart would not put two titles at the same height. */
  private static void draw(Graphics2D graphics, XYChart chart, int height) {
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 32));
    graphics.setColor(INK);
    int width = graphics.getFontMetrics().stringWidth(chart.getTitle());
    graphics.drawString(chart.getTitle(), (WIDTH / 2 - width) / 2, TITLE_ROW - PADDING / 2);
    graphics.translate(0, TITLE_ROW);
    chart.paint(graphics, WIDTH / 2, height - TITLE_ROW);
    graphics.translate(0, -TITLE_ROW);
  }

  /** A row for each model, above the charts, where no curve can run into it. */
  private static void drawLegend(Graphics2D graphics, List<Curve> curves) {
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 24));
    FontMetrics metrics = graphics.getFontMetrics();
    int widest = 0;
    for (Curve curve : curves) {
      widest = Math.max(widest, metrics.stringWidth(curve.model()));
    }
    for (int model = 0; model < curves.size(); model++) {
      Curve curve = curves.get(model);
      int middle = PADDING + LEGEND_ROW * model + LEGEND_ROW / 2;
      int x = 2 * PADDING;
      int baseline = middle + metrics.getAscent() / 2 - 2;
      graphics.setColor(INK);
      graphics.drawString(curve.model(), x, baseline);
      x += widest + 2 * PADDING;
      x = drawSample(graphics, x, middle, model, DASHED, "training");
      if (!curve.validationLoss().isEmpty()) {
        drawSample(graphics, x, middle, model, FULL, "validation");
      }
    }
  }

  private static int drawSample(
      Graphics2D graphics, int x, int middle, int model, BasicStroke stroke, String of) {
    graphics.setColor(COLOURS[model]);
    graphics.setStroke(stroke);
    graphics.drawLine(x, middle, x + SAMPLE, middle);
    MARKS[model].paint(graphics, x + SAMPLE / 2.0, middle, MARK_SIZE);
    FontMetrics metrics = graphics.getFontMetrics();
    graphics.setColor(INK);
    graphics.drawString(of, x + SAMPLE + PADDING / 2, middle + metrics.getAscent() / 2 - 2);
    return x + SAMPLE + PADDING / 2 + metrics.stringWidth(of) + 2 * PADDING;
  }

  private static XYChart chart(String title, Function<Double, String> format) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH / 2)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("epoch")
            .theme(Styler.ChartTheme.XChart)
            .build();
    XYStyler styler = chart.getStyler();
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setPlotBorderVisible(false);
    styler.setChartTitleVisible(false);
    styler.setChartFontColor(INK);
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 26));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 24));
    styler.setLegendVisible(false);
    styler.setChartPadding(PADDING);
    styler.setMarkerSize(MARK_SIZE);
    styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
    styler.setYAxisTickMarkSpacingHint(90);
    styler.setXAxisTickLabelsFormattingFunction(LearningCurves::wholeNumber);
    styler.setYAxisTickLabelsFormattingFunction(format);
    styler.setLocale(Locale.ROOT);
    return chart;
  }

  private static void add(
      XYChart chart, int model, String name, List<Double> training, List<Double> validation) {
    add(chart, model, name + " training", training).setLineStyle(DASHED);
    if (!validation.isEmpty()) {
      add(chart, model, name + " validation", validation).setLineStyle(FULL);
    }
  }

  private static XYSeries add(XYChart chart, int model, String name, List<Double> values) {
    XYSeries series = chart.addSeries(name, epochs(values.size()), values);
    series.setLineColor(COLOURS[model]);
    series.setMarkerColor(COLOURS[model]);
    series.setMarker(MARKS[model]);
    return series;
  }

  private static List<Double> epochs(int count) {
    List<Double> epochs = new ArrayList<>(count);
    for (int epoch = 1; epoch <= count; epoch++) {
      epochs.add((double) epoch);
    }
    return epochs;
  }

  private static String wholeNumber(double value) {
    return value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : "";
  }
}
