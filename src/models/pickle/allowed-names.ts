const names = (module: string, ...of: readonly string[]): string[] =>
  of.map((name) => `${module}.${name}`)

/** Tensors and their storages, as `torch.save` writes a state dict. */
const TORCH: ReadonlySet<string> = new Set([
  ...names('collections', 'OrderedDict'),
  ...names('torch._utils', '_rebuild_tensor_v2', '_rebuild_parameter'),
  ...names('torch', 'FloatStorage', 'DoubleStorage', 'HalfStorage', 'BFloat16Storage'),
  ...names('torch', 'LongStorage', 'IntStorage', 'ShortStorage', 'CharStorage'),
  ...names('torch', 'ByteStorage', 'BoolStorage'),
])

/** Arrays, scalars and the random state that every space carries along; NumPy 1 and 2. */
const NUMPY: ReadonlySet<string> = new Set([
  ...names('numpy', 'dtype', 'ndarray'),
  ...['numpy.core', 'numpy._core'].flatMap((core) => [
    ...names(`${core}.multiarray`, '_reconstruct', 'scalar'),
    ...names(`${core}.numeric`, '_frombuffer'),
  ]),
  // How protocol 2 writes bytes, and none.
  ...names('_codecs', 'encode'),
  ...names('__builtin__', 'bytes'),
  ...names(
    'numpy.random._pickle',
    '__generator_ctor',
    '__bit_generator_ctor',
    '__randomstate_ctor',
  ),
  ...names('numpy.random._pcg64', 'PCG64', 'PCG64DXSM'),
  ...names('numpy.random._mt19937', 'MT19937'),
  ...names('numpy.random.bit_generator', 'SeedSequence', '__pyx_unpickle_SeedSequence'),
])

const SPACES: ReadonlySet<string> = new Set(
  ['gymnasium', 'gym'].flatMap((library) => [
    ...names(`${library}.spaces.box`, 'Box'),
    ...names(`${library}.spaces.discrete`, 'Discrete'),
    ...names(`${library}.spaces.multi_binary`, 'MultiBinary'),
    ...names(`${library}.spaces.multi_discrete`, 'MultiDiscrete'),
    ...names(`${library}.spaces.dict`, 'Dict'),
    ...names(`${library}.spaces.tuple`, 'Tuple'),
  ]),
)

const NORMALISERS: ReadonlySet<string> = new Set([
  ...names('stable_baselines3.common.vec_env.vec_normalize', 'VecNormalize'),
  ...names('stable_baselines3.common.running_mean_std', 'RunningMeanStd'),
])

/** Classes that a policy is made with. They stand for their own name only. */
const CLASS_OF_LIBRARY =
  /^(stable_baselines3|sb3_contrib|torch\.optim|torch\.nn\.modules\.activation)(\.[a-z_][a-z0-9_]*)*\.[A-Z]\w*$/

/** Which names each kind of pickle may hold. */
export const ALLOWED_NAMES = {
  stateDict: (name: string): boolean => TORCH.has(name),
  space: (name: string): boolean =>
    SPACES.has(name) || NUMPY.has(name) || name === 'collections.OrderedDict',
  vecNormalize: (name: string): boolean => NORMALISERS.has(name) || ALLOWED_NAMES.space(name),
  policyClass: (name: string): boolean => CLASS_OF_LIBRARY.test(name),
  /** Whatever Stable-Baselines3 itself puts beside a policy: buffers of figures, schedules. */
  setting: (name: string): boolean =>
    CLASS_OF_LIBRARY.test(name) || NUMPY.has(name) || name === 'collections.deque',
} as const
