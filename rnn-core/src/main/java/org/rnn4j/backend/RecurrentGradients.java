package org.rnn4j.backend;

import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/**
 * What the backward of a recurrent layer is given and where it adds its results. A null target is
 * not computed. Every target has the shape of the value it belongs to and is added to, never
 * overwritten.
 *
 * @param outputs given: ∂L/∂h of every token, shaped as the outputs
 * @param finalCells given: ∂L/∂c of the last token read, {@code [batch, hidden]} in original order,
 *     or null for zeros
 * @param values target: ∂L/∂x
 * @param inputWeights target: ∂L/∂W
 * @param recurrentWeights target: ∂L/∂U
 * @param bias target: ∂L/∂b
 * @param recurrentBias target: ∂L/∂c of a GRU with the reset after the product
 * @param peepholes target: ∂L/∂p of an LSTM with peepholes
 * @param projection target: ∂L/∂P of an LSTM with a projection
 * @param initialHidden target: ∂L/∂h₀, original order
 * @param initialCell target: ∂L/∂c₀, original order
 */
public record RecurrentGradients(
    Tensor outputs,
    @Nullable Tensor finalCells,
    @Nullable Tensor values,
    @Nullable Tensor inputWeights,
    @Nullable Tensor recurrentWeights,
    @Nullable Tensor bias,
    @Nullable Tensor recurrentBias,
    @Nullable Tensor peepholes,
    @Nullable Tensor projection,
    @Nullable Tensor initialHidden,
    @Nullable Tensor initialCell) {}
