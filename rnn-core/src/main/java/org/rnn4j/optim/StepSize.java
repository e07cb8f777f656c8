package org.rnn4j.optim;

/**
 * How far one step goes.
 *
 * @param rate the learning rate at this step, as the schedule has it
 * @param size what the direction is multiplied by; may hold a bias correction
 * @param epsilon ε; may hold a bias correction
 */
record StepSize(double rate, double size, double epsilon) {}
