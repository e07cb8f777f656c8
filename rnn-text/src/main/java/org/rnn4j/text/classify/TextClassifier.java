package org.rnn4j.text.classify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.rnn4j.io.ModelFileException;
import org.rnn4j.layer.Embedding;
import org.rnn4j.layer.LayerTypes;
import org.rnn4j.layer.Sequential;
import org.rnn4j.metric.Accuracy;
import org.rnn4j.sequence.Example;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.text.TextPipeline;
import org.rnn4j.text.Vocabulary;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.train.History;

/**
 * Tells the class of a text: a pipeline from text to token ids, a network from ids to
 * probabilities, and the names of the classes.
 *
 * <pre>{@code
 * TextClassifier classifier =
 *     TextClassifier.builder()
 *         .pipeline(TextPipeline.builder().truncation(Truncation.keepLast(200)))
 *         .network(ids -> Sequential.builder(seed)
 *             .embedding(ids, 128).gru(128).lastState().dense(2, Activation.SOFTMAX).build())
 *         .training(trainer -> trainer.epochs(3))
 *         .fit(split.train(), split.validation())
 *         .classifier();
 * classifier.save(path);
 * Prediction prediction = TextClassifier.load(path).predict("not bad at all");
 * }</pre>
 *
 * <p>Any text has a prediction. One without tokens, such as the empty text, gets what the network
 * says without evidence: its head's answer to a state of zeros. A text's prediction does not depend
 * on the texts it is predicted with, bit for bit. Any number of threads may predict at once while
 * none trains the network.
 */
public final class TextClassifier implements Classifier {
  private final TextPipeline pipeline;
  private final Sequential model;
  private final List<String> labels;

  /**
   * A classifier whose classes are named by their numbers, <i>0</i>, <i>1</i> and so on.
   *
   * @throws IllegalArgumentException if an embedding of the network has fewer rows than the
   *     vocabulary has ids
   */
  public TextClassifier(TextPipeline pipeline, Sequential model) {
    this(pipeline, model, IntStream.range(0, model.classes()).mapToObj(String::valueOf).toList());
  }

  /**
   * A classifier.
   *
   * @param labels the names of the classes in the order the network numbers them
   * @throws IllegalArgumentException if there is not one name for each class of the network, a name
   *     stands twice, or an embedding of the network has fewer rows than the vocabulary has ids
   */
  public TextClassifier(TextPipeline pipeline, Sequential model, List<String> labels) {
    this.pipeline = Objects.requireNonNull(pipeline, "pipeline");
    this.model = Objects.requireNonNull(model, "model");
    this.labels = List.copyOf(labels);
    if (labels.size() != model.classes() || new HashSet<>(labels).size() != labels.size()) {
      throw new IllegalArgumentException(
          "Expected "
              + model.classes()
              + " different labels, one for each class of the network, got "
              + labels);
    }
    for (Embedding embedding : model.embeddings()) {
      if (embedding.spec().vocabulary() < pipeline.vocabulary().size()) {
        throw new IllegalArgumentException(
            "Expected an embedding of "
                + pipeline.vocabulary().size()
                + " rows, one for each id of the vocabulary, got "
                + embedding.spec().vocabulary());
      }
    }
  }

  /** Starts the training of a classifier on labelled texts. */
  public static TextClassifierBuilder builder() {
    return new TextClassifierBuilder();
  }

  /** How texts become token ids. */
  public TextPipeline pipeline() {
    return pipeline;
  }

  /** The network. */
  public Sequential model() {
    return model;
  }

  /** The names of the classes in the order the network numbers them. */
  @Override
  public List<String> labels() {
    return labels;
  }

  /**
   * Labelled texts as the network reads them, in order.
   *
   * @throws DataException if a text has a label that is not one of the classifier's
   */
  public List<Example> examples(LabelledTexts texts) {
    int[] numbers = Evaluation.numbers(labels, texts);
    return IntStream.range(0, numbers.length)
        .mapToObj(i -> new Example(pipeline.encode(texts.get(i).text()), numbers[i]))
        .toList();
  }

  /** Tells the class of a text. */
  @Override
  public Prediction predict(String text) {
    return predictIds(List.of(pipeline.encode(text))).get(0);
  }

  @Override
  public List<Prediction> predictAll(List<String> texts) {
    List<int[]> ids = texts.parallelStream().map(pipeline::encode).toList();
    return PredictionBatches.predict(ids, this::predictIds);
  }

  /**
   * Tells the class of each text, in order, while the texts come: reads a batch of up to 64 texts
   * when its first prediction is asked for, and nothing ahead of it. Closing the stream closes that
   * of the texts.
   */
  public Stream<Prediction> predict(Stream<String> texts) {
    return PredictionStream.of(texts, this);
  }

  /** Encodes texts until a batch is full or there are no more, and predicts them. */
  List<Prediction> predictBatch(Iterator<String> texts) {
    List<int[]> batch = new ArrayList<>();
    int tokens = 0;
    while (batch.size() < PredictionBatches.TEXTS
        && tokens < PredictionBatches.TOKENS
        && texts.hasNext()) {
      int[] ids = pipeline.encode(texts.next());
      tokens += ids.length;
      batch.add(ids);
    }
    return batch.isEmpty() ? List.of() : predictIds(batch);
  }

  private List<Prediction> predictIds(List<int[]> batch) {
    Tensor probabilities = model.predict(Sequences.pack(batch));
    List<Prediction> predictions = new ArrayList<>(batch.size());
    for (int row = 0; row < batch.size(); row++) {
      predictions.add(prediction(probabilities, row, batch.get(row)));
    }
    return predictions;
  }

  private Prediction prediction(Tensor probabilities, int row, int[] ids) {
    Map<String, Double> named = new LinkedHashMap<>();
    if (probabilities.columns() == 1) {
      double second = probabilities.get(row, 0);
      named.put(labels.get(0), 1 - second);
      named.put(labels.get(1), second);
    } else {
      for (int i = 0; i < labels.size(); i++) {
        named.put(labels.get(i), probabilities.get(row, i));
      }
    }
    String label = labels.get(Accuracy.predicted(probabilities, row));
    int unknown = 0;
    for (int id : ids) {
      unknown += id == Vocabulary.UNKNOWN ? 1 : 0;
    }
    double probability = Objects.requireNonNull(named.get(label));
    return new Prediction(label, probability, named, ids.length, unknown);
  }

  /**
   * Writes everything to one file: the network, the pipeline with its words, the labels. What stood
   * there before stays whole until the new file is.
   *
   * @throws ModelFileException if the file cannot be written
   */
  public void save(Path file) throws ModelFileException {
    ClassifierFile.save(file, this);
  }

  /**
   * Reads what {@link #save} wrote, a network of the library's own layers.
   *
   * @throws ModelFileException as {@link #load(Path, LayerTypes)}
   */
  public static TextClassifier load(Path file) throws ModelFileException {
    return load(file, LayerTypes.standard());
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @param types the layers that the file may hold
   * @throws ModelFileException if the file is missing, damaged, of a newer version, or holds a
   *     network without a pipeline or labels; the message says which
   */
  public static TextClassifier load(Path file, LayerTypes types) throws ModelFileException {
    return ClassifierFile.load(file, types);
  }

  /**
   * A classifier that was trained, and how it went.
   *
   * @param classifier the classifier
   * @param history the scores of each epoch
   */
  public record Trained(TextClassifier classifier, History history) {}
}
