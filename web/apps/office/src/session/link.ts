export type LinkKind = 'demo' | 'invitation' | 'setup' | 'reset';
export interface Link { kind: LinkKind; token: string }

const kinds = new Map<string, LinkKind>([['demo', 'demo'], ['invitation', 'invitation'], ['setup', 'setup'], ['password-reset', 'reset']]);

/**
 * What a link is for and its secret: /office/invitation#…. Behind the # it never reaches a server's log,
 * and a chat program that previews the page does not spend it.
 */
export function readLink(at: { pathname: string; hash: string }): Link | undefined {
  const kind = kinds.get(/\/([a-z-]+)\/?$/.exec(at.pathname)?.[1] ?? '');
  const token = /^#([0-9A-Za-z._~-]{16,256})$/.exec(at.hash)?.[1];
  return kind && token ? { kind, token } : undefined;
}
