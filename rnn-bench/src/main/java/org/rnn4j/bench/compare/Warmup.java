package org.rnn4j.bench.compare;

/**
 * How long an implementation warms up: until it did a row's {@link Row#warmupSteps}, but at least
 * for some seconds, and not much longer than a limit if it is slow.
 *
 * @param seconds at least
 * @param limit after which the steps done are enough
 */
public record Warmup(double seconds, double limit) {}
