package org.rnn4j.examples.study;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rnn4j.examples.design.Design;
import org.rnn4j.io.AtomicFiles;
import org.rnn4j.json.Json;
import org.rnn4j.train.Checkpoints;

/**
 * What a study keeps of its trainings until its report is written, so that it can go on after it
 * was interrupted: in the folder of the report a folder {@code trainings}, with a checkpoint for
 * each training that was begun and {@code study.json}, which says what study they are of.
 */
public final class StudyCheckpoints {
  private static final String FOLDER = "trainings";
  private static final String STUDY = "study.json";

  private final Path folder;
  private final Map<String, Object> study;

  /** The names of what may be deleted in the end: whatever else is in the folder stays. */
  private final Set<String> own = new LinkedHashSet<>(Set.of(STUDY));

  /**
   * Those of a study, whether it was begun before or not.
   *
   * @param report the folder of its report
   * @param designs what is trained, by name
   */
  public StudyCheckpoints(Path report, Study study, StudyData data, Map<String, Design> designs) {
    this.folder = report.resolve(FOLDER);
    this.study = new LinkedHashMap<>();
    this.study.put("study", study.toString());
    this.study.put("texts", data.digest());
    designs.forEach((name, design) -> this.study.put(name, design.toMap()));
  }

  /**
   * The names of what may be in the folder of the report: of these files, and where the study was
   * begun of the report's, which may have been interrupted itself.
   */
  public Set<String> goneOnFrom() {
    Set<String> names = new HashSet<>(Set.of(FOLDER));
    if (Files.exists(folder.resolve(STUDY))) {
      names.addAll(StudyFiles.NAMES);
    }
    return names;
  }

  /**
   * Makes certain that what is kept, if anything, is of this study.
   *
   * @throws IOException if it is of another one, which can still go on, or cannot be read
   */
  public void check() throws IOException {
    Path file = folder.resolve(STUDY);
    if (Files.notExists(file)) {
      return;
    }
    Map<String, Object> kept;
    try {
      kept = Json.parseObject(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw refused(file, "is damaged", e);
    }
    Set<String> names = new LinkedHashSet<>(study.keySet());
    names.addAll(kept.keySet());
    for (String name : names) {
      String difference = difference(name, study.get(name), kept.get(name));
      if (difference != null) {
        throw refused(file, "is of another study: " + difference, null);
      }
    }
  }

  /**
   * Says of what study the checkpoints are that follow, where it is not said yet.
   *
   * @throws IOException if that cannot be written
   */
  public void begin() throws IOException {
    Path file = folder.resolve(STUDY);
    if (Files.notExists(file)) {
      Files.createDirectories(folder);
      AtomicFiles.writeString(file, Json.write(study) + "\n");
    }
  }

  /** What differs first, null where nothing does. */
  private static @Nullable String difference(
      String name, @Nullable Object expected, @Nullable Object found) {
    if (expected instanceof Map<?, ?> wanted && found instanceof Map<?, ?> other) {
      for (Object key : wanted.keySet()) {
        String difference = difference(name + ", " + key, wanted.get(key), other.get(key));
        if (difference != null) {
          return difference;
        }
      }
    }
    String here = Json.write(expected);
    String there = Json.write(found);
    return here.equals(there) ? null : name + ": expected " + here + ", got " + there;
  }

  private FileSystemException refused(Path file, String problem, @Nullable Throwable cause) {
    FileSystemException refused =
        new FileSystemException(
            file.toString(),
            null,
            problem
                + "; take another folder for the report, or delete "
                + folder
                + " to start anew");
    refused.initCause(cause);
    return refused;
  }

  /** Where a training is kept. */
  public Checkpoints of(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String file = plain + ".checkpoint";
    own.add(file);
    return Checkpoints.at(folder.resolve(file));
  }

  /**
   * Deletes what is kept of the study, with all that {@link #of} was asked for, once the report is
   * written.
   *
   * @throws IOException if something cannot be deleted
   */
  public void delete() throws IOException {
    // First what says that the study is under way: what is left otherwise would seem to be of one.
    for (String name : own) {
      delete(name);
    }
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      return; // Something of somebody else's.
    }
  }

  /** Deletes a file, and what its writers have left beside it. */
  private void delete(String name) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "{" + name + ",." + name + ".lock,." + name + ".*.tmp}")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }
}
