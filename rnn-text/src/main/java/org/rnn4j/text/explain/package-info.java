/**
 * Why a text was judged as it was: {@link org.rnn4j.text.explain.Explainer} gives each token of a
 * text a weight, by the network's attention or by leaving the token out, and tells where in the
 * original text it stands.
 */
@NullMarked
package org.rnn4j.text.explain;

import org.jspecify.annotations.NullMarked;
