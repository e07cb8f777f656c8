/**
 * JMH benchmarks of the kernels and of what is built on them; {@code rnn-bench/run} starts them.
 * From the inside out:
 *
 * <ul>
 *   <li>{@link org.rnn4j.bench.ProductBenchmark}: products at the shapes of networks, beside EJML's
 *   <li>{@link org.rnn4j.bench.GateBenchmark}: passes over gates, sums of rows, Adam
 *   <li>{@link org.rnn4j.bench.SoftmaxBenchmark}: softmax and cross-entropy
 *   <li>{@link org.rnn4j.bench.EmbeddingBenchmark}: rows of a table, their gradients and updates
 *   <li>{@link org.rnn4j.bench.RecurrentBenchmark}: a whole LSTM or GRU layer, there and back
 *   <li>{@link org.rnn4j.bench.TrainStepBenchmark}: one step of training of a network
 *   <li>{@link org.rnn4j.bench.PredictBenchmark}: predictions in batches and of single texts
 * </ul>
 */
@NullMarked
package org.rnn4j.bench;

import org.jspecify.annotations.NullMarked;
