/** What the station's own mail server found out about a sender (RFC 8601), one verdict for each way of asking. */
export type Verdict = 'pass' | 'fail' | 'none';
const ways = ['spf', 'dkim', 'dmarc'] as const;
export type Way = (typeof ways)[number];

/** Several results of one kind count by the best: one good signature is enough. A kind that is not named was not looked at. */
export function verdictsOf(authentication: string): { way: Way; verdict: Verdict }[] {
  const plain = authentication.replace(/\([^)]*\)/g, ' ');
  return ways.flatMap((way) => {
    const results = [...plain.matchAll(new RegExp(`(?:^|[;\\s])${way}\\s*=\\s*([a-z]+)`, 'gi'))].map((found) => found[1]!.toLowerCase());
    if (!results.length) return [];
    const verdict: Verdict = results.includes('pass') ? 'pass' : results.some((one) => one.endsWith('fail') || one === 'policy') ? 'fail' : 'none';
    return [{ way, verdict }];
  });
}

/** A list or a forwarding server breaks one check of an honest mail: all of them failing, or the sender's own policy saying so, is another matter. */
export function looksForged(verdicts: readonly { way: Way; verdict: Verdict }[]): boolean {
  return verdicts.some((one) => one.way === 'dmarc' && one.verdict === 'fail')
    || (verdicts.some((one) => one.verdict === 'fail') && !verdicts.some((one) => one.verdict === 'pass'));
}
