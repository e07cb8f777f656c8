package org.rnn4j.tune;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rnn4j.io.AtomicFiles;
import org.rnn4j.io.WriterLock;
import org.rnn4j.json.Json;

/**
 * What a search has done, one JSON object a line: first the search itself, then each fold that has
 * ended, forced to the disk before the next one starts on its thread. A last line without an end,
 * left by a process that was killed, is dropped; anything else that is not as it should be is an
 * error. When the search has ended, lines are put in the order of trials and folds, in a new file
 * of the same name; the lock is on a file beside it, and is held until then.
 */
final class Journal implements AutoCloseable {
  private static final String VERSION_KEY = "rnn4j.search";
  private static final long VERSION = 1;

  private final Path file;
  private final WriterLock lock;
  private final FileChannel channel;
  private final String header;

  /** The lines of folds in the order of trials and folds. */
  private final TreeMap<Key, Entry> entries = new TreeMap<>();

  private record Key(int trial, int fold) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return trial != other.trial
          ? Integer.compare(trial, other.trial)
          : Integer.compare(fold, other.fold);
    }
  }

  private record Entry(long line, String text, Map<String, Object> values) {}

  private Journal(Path file, WriterLock lock, FileChannel channel, String header) {
    this.file = file;
    this.lock = lock;
    this.channel = channel;
    this.header = header;
  }

  /** Opens the journal of a search, or begins it. */
  static Journal open(Path file, Map<String, Object> search) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put(VERSION_KEY, VERSION);
    header.putAll(search);
    try {
      WriterLock lock =
          WriterLock.take(file)
              .orElseThrow(
                  () ->
                      JournalException.of(
                          file, "is in use by another search; let it end, or stop it", null));
      // Held until the journal is closed, unless something is wrong with it.
      try {
        return open(file, lock, header);
      } catch (Throwable failure) {
        lock.close();
        throw failure;
      }
    } catch (IOException e) {
      throw JournalException.of(file, "cannot be opened: " + reason(e), e);
    }
  }

  private static Journal open(Path file, WriterLock lock, Map<String, Object> header)
      throws IOException {
    FileChannel channel = AtomicFiles.openOrCreate(file);
    Journal journal = new Journal(file, lock, channel, Json.write(header));
    try {
      journal.begin();
      journal.read(header);
      return journal;
    } catch (Throwable failure) {
      channel.close();
      throw failure;
    }
  }

  /** Writes the first line, if there is none yet or its writing was cut short. */
  private void begin() throws IOException {
    byte[] found = bytes();
    byte[] first = (header + "\n").getBytes(StandardCharsets.UTF_8);
    if (found.length < first.length && Arrays.mismatch(found, first) == found.length) {
      channel.position(0);
      appendLine(header);
    }
  }

  private byte[] bytes() throws IOException {
    // Not closed: that would close the channel.
    channel.position(0);
    return Channels.newInputStream(channel).readAllBytes();
  }

  private void read(Map<String, Object> expected) throws IOException {
    byte[] bytes = bytes();
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    String[] lines = new String(bytes, 0, end, StandardCharsets.UTF_8).split("\n", -1);
    requireSameSearch(lines[0], expected);
    for (int i = 1; i < lines.length - 1; i++) {
      add(i + 1, lines[i]);
    }
    channel.truncate(end);
    channel.position(end);
  }

  private void requireSameSearch(String line, Map<String, Object> expected) {
    Map<String, Object> found;
    try {
      found = Json.parseObject(line);
    } catch (IllegalArgumentException e) {
      found = Map.of();
    }
    if (!found.containsKey(VERSION_KEY)) {
      throw JournalException.of(
          file, "is no journal of a search: its first line does not say of which", null);
    }
    for (Map.Entry<String, Object> entry : expected.entrySet()) {
      requireSame(entry.getKey(), entry.getValue(), found.get(entry.getKey()));
    }
    for (String key : found.keySet()) {
      requireSame(key, expected.get(key), found.get(key));
    }
  }

  private void requireSame(String key, @Nullable Object wanted, @Nullable Object found) {
    if (!Json.write(found).equals(Json.write(wanted))) {
      throw JournalException.of(
          file,
          "belongs to another search: expected "
              + (key.equals(VERSION_KEY) ? "version" : key)
              + " "
              + Json.write(wanted)
              + ", got "
              + Json.write(found)
              + "; take another file",
          null);
    }
  }

  private void add(long line, String text) {
    Map<String, Object> values;
    try {
      values = Json.parseObject(text);
    } catch (IllegalArgumentException e) {
      values = Map.of();
    }
    boolean scored = values.get("score") instanceof Double && !values.containsKey("error");
    boolean failed = values.get("error") instanceof String && !values.containsKey("score");
    if (!isIndex(values.get("trial"))
        || !isIndex(values.get("fold"))
        || !(values.get("configuration") instanceof Map)
        || !(values.get("budget") instanceof Long)
        || scored == failed) {
      String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
      throw JournalException.atLine(
          file, line, "a fold that has ended", shown + "; has the file been damaged?");
    }
    Key key = new Key(index(values, "trial"), index(values, "fold"));
    if (entries.put(key, new Entry(line, text, values)) != null) {
      throw JournalException.atLine(
          file, line, "each fold once", "trial " + key.trial + ", fold " + key.fold + " again");
    }
  }

  private static boolean isIndex(@Nullable Object value) {
    return value instanceof Long index && index >= 0 && index <= Integer.MAX_VALUE;
  }

  private static int index(Map<String, Object> values, String name) {
    return ((Long) Objects.requireNonNull(values.get(name))).intValue();
  }

  /** How a task ended, or null if it has not. */
  FoldTask.@Nullable Outcome find(FoldTask task) {
    Entry entry = entries.get(new Key(task.trial(), task.fold()));
    if (entry == null) {
      return null;
    }
    Map<String, Object> values = entry.values();
    Map<String, Object> wanted = values(task);
    for (Map.Entry<String, Object> member : wanted.entrySet()) {
      String expected = Json.write(member.getValue());
      String actual = Json.write(values.get(member.getKey()));
      if (!expected.equals(actual)) {
        throw JournalException.atLine(
            file,
            entry.line(),
            member.getKey() + " " + expected + " for trial " + task.trial(),
            actual + "; was it made by another version, or changed by hand?");
      }
    }
    Object score = values.get("score");
    return score instanceof Double number
        ? new FoldTask.Outcome(task, number, null)
        : new FoldTask.Outcome(task, null, (String) values.get("error"));
  }

  private static Map<String, Object> values(FoldTask task) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("trial", task.trial());
    values.put("fold", task.fold());
    values.put("budget", task.budget());
    values.put("configuration", task.configuration().values());
    return values;
  }

  /** Writes down how a task ended; when this returns, it is on the disk. */
  void append(FoldTask.Outcome outcome) {
    Map<String, Object> values = values(outcome.task());
    if (outcome.score() != null) {
      values.put("score", outcome.score());
    } else {
      values.put("error", outcome.error());
    }
    String text = Json.write(values);
    try {
      appendLine(text);
    } catch (IOException e) {
      throw JournalException.of(file, "cannot be written: " + reason(e), e);
    }
    Key key = new Key(outcome.task().trial(), outcome.task().fold());
    entries.put(key, new Entry(entries.size() + 2L, text, values));
  }

  /** To a thread that was interrupted a file is closed, and the message is empty. */
  private static String reason(IOException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** Writes a line, or, where the disk is full, nothing: half a line would spoil the next one. */
  private void appendLine(String text) throws IOException {
    long start = channel.position();
    try {
      ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
    } catch (IOException failure) {
      try {
        channel.truncate(start);
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
  }

  /** Puts the lines of a search that has ended in order, so that threads have no say in them. */
  void putInOrder() {
    StringBuilder text = new StringBuilder(header).append('\n');
    entries.values().forEach(entry -> text.append(entry.text()).append('\n'));
    try {
      if (!new String(bytes(), StandardCharsets.UTF_8).contentEquals(text)) {
        AtomicFiles.writeString(file, text.toString());
      }
    } catch (IOException e) {
      throw JournalException.of(file, "cannot be written: " + reason(e), e);
    }
  }

  @Override
  public void close() {
    try (lock) {
      channel.close();
    } catch (IOException e) {
      throw JournalException.of(file, "cannot be closed: " + reason(e), e);
    }
  }
}
