/** Activation functions by their PyTorch names, with PyTorch's default parameters. */
export type Activation = 'Tanh' | 'ReLU' | 'ELU' | 'GELU' | 'SiLU' | 'LeakyReLU'

/** A policy saved by Stable-Baselines3 or sb3-contrib: what answers deterministically. Cloneable. */
export interface Sb3Policy {
  readonly fileName: string
  /** Read from what was saved: the file itself does not name its class. */
  readonly algorithm: 'PPO' | 'A2C' | 'TRPO' | 'RecurrentPPO'
  readonly policyClass: string
  /** As the file says; null where it does not. */
  readonly libraryVersion: string | null
  readonly observation: Sb3Observation
  readonly action: Sb3Action
  readonly lstm: Sb3Lstm | null
  /** After each hidden layer. */
  readonly activation: Activation
  /** Hidden layers between observation (or LSTM) and {@link actionLayer}; may be none. */
  readonly hiddenLayers: readonly LinearLayer[]
  readonly actionLayer: LinearLayer
  /** Weights that have a part in the answer; the critic's have none. */
  readonly parameters: number
  /** Sentences for the model card. */
  readonly warnings: readonly string[]
}

export interface Sb3Observation {
  readonly kind: 'box' | 'discrete' | 'multi-binary' | 'multi-discrete'
  /** Numbers that one observation consists of: columns of a table. */
  readonly columns: number
  /** Inputs of the first layer, after one-hot coding. */
  readonly features: number
  /** Categories of each column, for `discrete` and `multi-discrete`; else empty. */
  readonly categories: readonly number[]
}

export type Sb3Action =
  | {
      readonly kind: 'discrete'
      /** Number of actions. */
      readonly size: number
      /** What action 0 is called by the environment. */
      readonly start: number
    }
  | {
      readonly kind: 'continuous'
      /** Length of the action vector. */
      readonly size: number
      readonly low: Float32Array<ArrayBuffer>
      readonly high: Float32Array<ArrayBuffer>
      /** True: tanh, then scaled from [−1, 1] to [low, high]. False: clipped to [low, high]. */
      readonly squashed: boolean
    }

export interface Sb3Lstm {
  readonly layers: readonly LstmLayer[]
  /** Size of h and of c, per layer. */
  readonly hidden: number
  readonly critic: 'separate' | 'shared' | 'absent'
}

export interface LinearLayer {
  readonly inputs: number
  readonly outputs: number
  /** Row-major [outputs, inputs], as PyTorch has it. */
  readonly weight: Float32Array<ArrayBuffer>
  readonly bias: Float32Array<ArrayBuffer> | null
}

/** Gates in PyTorch's order i, f, g, o; H rows each. */
export interface LstmLayer {
  readonly inputs: number
  /** Row-major [4·H, inputs]. */
  readonly inputWeight: Float32Array<ArrayBuffer>
  /** Row-major [4·H, H]. */
  readonly hiddenWeight: Float32Array<ArrayBuffer>
  /** [4·H]; null where the LSTM was made without. */
  readonly inputBias: Float32Array<ArrayBuffer> | null
  readonly hiddenBias: Float32Array<ArrayBuffer> | null
}
