package org.rnn4j.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report in a browser. An integration test, so that it runs once and not for each kernel. */
class ReportPageIT {
  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static Browser browser;

  private static Path page;

  @BeforeAll
  static void open() throws IOException {
    browser = Browser.start(folder.resolve("profile"));
    page = folder.resolve("report.html");
    ReportCases.full().write(page);
    browser.open(page);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "360, light, screen",
    "360, dark, screen",
    "800, light, screen",
    "800, dark, screen",
    "1600, light, screen",
    "1600, dark, screen",
    "700, light, print"
  })
  void nothing_overflows_and_every_picture_shows(int width, String scheme, String medium) {
    browser.show(width, scheme, medium);

    assertThat(browser.run("return innerWidth")).isEqualTo((long) width);
    assertThat(
            texts(
                """
                const wide = [];
                const edge = document.documentElement.clientWidth + 1;
                if (document.documentElement.scrollWidth > edge) wide.push('the page');
                for (const e of document.querySelectorAll('body *')) {
                  if (e.closest('.scroll') && !e.matches('.scroll') && getComputedStyle(e.closest('.scroll')).overflowX == 'auto') continue;
                  const box = e.getBoundingClientRect();
                  if (box.right > edge || box.left < -1) wide.push(e.tagName + ' ' + e.textContent.slice(0, 40));
                }
                return wide;
                """))
        .isEmpty();
    assertThat(browser.run("return document.querySelectorAll('svg').length")).isEqualTo(11L);
    assertThat(
            texts(
                """
                const hidden = [];
                for (const svg of document.querySelectorAll('svg')) {
                  const box = svg.getBoundingClientRect();
                  const shape = svg.viewBox.baseVal.width / svg.viewBox.baseVal.height;
                  if (box.width < 300 || Math.abs(box.width / box.height / shape - 1) > 0.02) {
                    hidden.push(svg.getAttribute('aria-label') + ' ' + box.width + ' x ' + box.height);
                  }
                }
                for (const image of document.images) if (image.naturalWidth == 0) hidden.push(image.src);
                return hidden;
                """))
        .isEmpty();
  }

  @Test
  void no_text_of_a_picture_touches_another_in_the_font_of_the_browser() {
    browser.show(1600, "light", "screen");

    assertThat(
            texts(
                """
                const touching = [];
                for (const svg of document.querySelectorAll('svg')) {
                  const frame = svg.getBoundingClientRect();
                  const scale = frame.width / svg.viewBox.baseVal.width;
                  const boxes = [...svg.querySelectorAll('text')].map(text => {
                    const box = text.getBoundingClientRect();
                    return {text: text.textContent, left: box.left, right: box.right,
                            // A line's box is higher than its letters.
                            top: box.top + 0.2 * box.height, bottom: box.bottom - 0.2 * box.height,
                            upright: text.hasAttribute('transform')};
                  });
                  boxes.forEach((a, i) => {
                    if (a.left < frame.left - 1 || a.right > frame.right + 1) touching.push(a.text + ' leaves');
                    boxes.slice(0, i).forEach(b => {
                      if (a.upright || b.upright) return;
                      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) {
                        touching.push(a.text + ' over ' + b.text);
                      }
                    });
                  });
                }
                return touching;
                """))
        .isEmpty();
  }

  @Test
  void the_dark_page_is_dark_and_its_texts_are_light() {
    for (String scheme : List.of("light", "dark")) {
      browser.show(800, scheme, "screen");
      assertThat(
              texts(
                  """
                  const light = colour => {
                    const parts = colour.match(/[0-9.]+/g).slice(0, 3).map(v => {
                      v /= 255;
                      return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
                    });
                    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
                  };
                  const paper = light(getComputedStyle(document.body).backgroundColor);
                  const faint = [];
                  for (const e of document.querySelectorAll('h1, p, td, th, a, figcaption, text.ink-text, text.ink-muted')) {
                    const style = getComputedStyle(e);
                    const ink = light(e.tagName == 'text' ? style.fill : style.color);
                    const contrast = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
                    if (contrast < 4.5) faint.push(e.tagName + ' ' + contrast);
                  }
                  for (const e of document.querySelectorAll('.words-for, .words-against')) {
                    const parts = getComputedStyle(e).backgroundColor.match(/[0-9.]+/g).map(Number);
                    const alpha = parts[3] ?? 1;
                    const under = getComputedStyle(document.body).backgroundColor.match(/[0-9.]+/g).map(Number);
                    const blend = [0, 1, 2].map(i => alpha * parts[i] + (1 - alpha) * under[i]);
                    const shade = light(`rgb(${blend})`);
                    const ink = light(getComputedStyle(e).color);
                    const contrast = (Math.max(ink, shade) + 0.05) / (Math.min(ink, shade) + 0.05);
                    if (e.textContent && contrast < 4.5) faint.push(e.textContent + ' ' + contrast);
                  }
                  return faint;
                  """))
          .as(scheme)
          .isEmpty();
    }
    assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(22, 24, 27)");
  }

  @Test
  void headings_pictures_and_tables_have_names() {
    assertThat(
            texts(
                """
                const nameless = [];
                for (const e of document.querySelectorAll('svg')) if (!e.getAttribute('aria-label')) nameless.push('svg');
                for (const e of document.querySelectorAll('table')) if (!e.caption?.textContent) nameless.push('table');
                let level = 1;
                for (const e of document.querySelectorAll('h1, h2, h3')) {
                  const own = Number(e.tagName[1]);
                  if (own > level + 1 || !e.textContent) nameless.push(e.tagName);
                  level = own;
                }
                if (document.querySelectorAll('h1').length != 1) nameless.push('h1');
                const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
                if (new Set(ids).size != ids.length) nameless.push('an id twice');
                for (const a of document.querySelectorAll('a')) if (!document.querySelector(a.getAttribute('href'))) nameless.push(a.href);
                return nameless;
                """))
        .isEmpty();
  }

  @Test
  void no_request_leaves_the_file_and_the_console_is_silent() {
    browser.requests();
    browser.console();
    browser.open(page);

    assertThat(browser.requests()).containsExactly(page.toUri().toString());
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void what_would_leave_the_file_or_fails_would_be_seen() {
    browser.requests();
    browser.console();
    browser.run("new Image().src = 'http://127.0.0.1:9/x.png'; console.error('seen');");
    browser.run("return new Promise(done => setTimeout(done, 200))");

    assertThat(browser.console()).anyMatch(line -> line.contains("seen"));
    assertThat(browser.console()).noneMatch(line -> line.contains("seen"));
  }

  @SuppressWarnings("unchecked")
  private static List<String> texts(String script) {
    return (List<String>) browser.run(script);
  }
}
