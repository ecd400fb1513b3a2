import type { TestName } from '../core/comparison'

const TESTS: Readonly<Record<TestName, string>> = {
  'mcnemar-exact': 'McNemar’s exact test',
  'mcnemar-mid-p': 'McNemar’s mid-p test',
  delong: 'DeLong’s test',
  'diebold-mariano': 'Diebold–Mariano test with Harvey’s correction',
  'wilcoxon-exact': 'Wilcoxon’s exact signed-rank test',
  'wilcoxon-normal': 'Wilcoxon’s signed-rank test',
  'paired-bootstrap': 'paired bootstrap test',
  'stationary-bootstrap': 'stationary bootstrap test',
}

/** The name of a test in words. */
export function describeTest(test: TestName): string {
  return TESTS[test]
}
