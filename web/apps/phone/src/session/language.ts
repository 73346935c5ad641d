import type { Language } from '@wujin/ui';
import { api, ask } from '../network';
import { session } from './session';

/** Tells the account which language its problems should be in. Without a network the choice holds on this phone. */
export async function changeLanguage(language: Language): Promise<void> {
  const wanted = language === 'en' ? 'en' : 'zh-CN';
  if (!session.me || session.me.language === wanted) return;
  try {
    const me = await ask(api.PATCH('/api/v1/me', { body: { language: wanted } }));
    session.me = me;
  } catch {
    // The next sign-in learns it from this phone's preference or the account's.
  }
}
