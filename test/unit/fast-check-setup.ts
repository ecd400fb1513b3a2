import fc from 'fast-check'

/**
 * A property that fails says so at once, with its input, seed and path. Looking for a smaller input
 * can go on for ever: a double of 1e300 is halved towards 1 in steps without end, in a loop that no
 * timeout of the runner can interrupt. `FAST_CHECK_SHRINK=1` looks all the same, for one at the desk.
 */
fc.configureGlobal({ endOnFailure: process.env['FAST_CHECK_SHRINK'] !== '1' })
