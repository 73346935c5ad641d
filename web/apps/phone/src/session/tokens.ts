/** The secret of a link: whatever stands behind the #, with or without a name before it. */
export function tokenOf(hash: string): string {
  return decodeURIComponent(hash.replace(/^#/, '').replace(/^[a-z_]+=/, '')).trim();
}

/** Where to go once somebody is in. Only paths of this page: a link must not send people elsewhere. */
export function safeNext(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/';
}
