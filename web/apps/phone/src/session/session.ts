import type { Wire } from '@wujin/api';
import { choose, preferences } from '@wujin/ui';
import { computed, reactive } from 'vue';
import { learnTime } from '../clock';
import { api, ask, Refusal, whenSessionEnds } from '../network';
import { dropSetting, keepSetting, plain, setting } from '../store';

export type Me = Wire<'Me'>;

/** Who is signed in. `ended`: the server wants the password again; what the phone holds stays, and recording goes on. */
export const session = reactive<{ me?: Me; ended: boolean }>({ ended: false });
export const account = computed(() => session.me?.id);
export const may = (verb: Me['may'][number]): boolean => session.me?.may.includes(verb) ?? false;

whenSessionEnds(() => {
  if (session.me) session.ended = true;
});

export async function startSession(): Promise<void> {
  session.me = await setting<Me>('session.me');
  session.ended = session.me ? (await setting<boolean>('session.ended')) ?? false : false;
}

async function take(me: Me): Promise<void> {
  session.me = me;
  session.ended = false;
  learnTime(me.server_time);
  await keepSetting('session.me', plain(me));
  await dropSetting('session.ended');
}

export async function refreshMe(): Promise<void> {
  try {
    await take(await ask(api.GET('/api/v1/me')));
  } catch (error) {
    if (error instanceof Refusal && error.status === 401 && session.me) await keepSetting('session.ended', true);
    throw error;
  }
}

type Opened = { data?: Wire<'Session'>; error?: unknown; response: Response };

/** Takes the session an answer brought: by password, invitation, reset, set-up or the link of a sample town. */
export async function enter(answer: Promise<Opened>): Promise<Me> {
  const opened = await ask(answer);
  await take(opened.account);
  // Who chose English on this phone keeps it; else the account's language comes along.
  if (preferences.language !== 'en') await choose({ language: opened.account.language === 'en' ? 'en' : 'zh' });
  return opened.account;
}

export const signIn = (login: string, password: string): Promise<Me> =>
  enter(api.POST('/api/v1/sessions', { body: { login, password, device: 'phone' } }));

/** Forgets who was signed in. The outbox is not touched. */
export async function forgetSession(): Promise<void> {
  session.me = undefined;
  session.ended = false;
  await dropSetting('session.me');
  await dropSetting('session.ended');
}

/** Tells the server; without a network the phone forgets all the same and the server's session runs out by itself. */
export async function signOut(everywhere: boolean): Promise<void> {
  try {
    if (everywhere) await ask(api.DELETE('/api/v1/sessions'));
    else await ask(api.DELETE('/api/v1/sessions/current'));
  } catch (error) {
    if (everywhere && !(error instanceof Refusal && error.status === 401)) throw error;
  }
  await forgetSession();
}
