import { settle } from '@wujin/api';
import { computed, reactive, ref, shallowRef } from 'vue';
import { api, whenSignedOut, type Me, type Role } from '../desk/api';

/** Who sits at this desk. `expired` keeps the page as it is under the sign-in, so nothing typed is lost. */
type Standing = 'unknown' | 'out' | 'in' | 'expired' | 'unreachable';

export const me = shallowRef<Me>();
export const standing = ref<Standing>('unknown');
/** How often somebody has signed in on this page: what failed while nobody was, is tried again. */
export const arrivals = ref(0);
const clock = reactive({ ahead: 0 });

/** The server's time: lateness is judged by it, and a sample town lives on another day than the browser. */
export const serverNow = (): number => Date.now() + clock.ahead;

const recordRoles: Role[] = ['station', 'district', 'resident_leader', 'village'];

export const roles = computed(() => new Set(me.value?.grants.map((grant) => grant.role)));
export const seesRecords = computed(() => recordRoles.some((role) => roles.value.has(role)));
/** The records of every place of a town. */
export const seesTown = computed(() => roles.value.has('station') || roles.value.has('district'));
/** Several towns side by side, and what the district issues to them. */
export const seesTowns = computed(() => roles.value.has('district'));
export const may = (what: Me['may'][number]): boolean => me.value?.may.includes(what) ?? false;

/** Who keeps accounts, and who only lifts locks, both read the list of them. */
export const seesAccounts = computed(() => may('manage_people') || roles.value.has('security'));
/** Who has anything to do with people: their accounts, or inviting them. */
export const seesPeople = computed(() => seesAccounts.value || may('invite'));

function take(account: Me): void {
  if (me.value && me.value.id !== account.id) {
    // Somebody else sat down: nothing of the one before may stay on the screen.
    location.reload();
    return;
  }
  clock.ahead = Date.parse(account.server_time) - Date.now();
  me.value = account;
  standing.value = 'in';
  arrivals.value += 1;
}

// However they came in: by password, by a link, or with a session from before.
whenSignedOut(() => { standing.value = me.value ? 'expired' : 'out'; });

export async function startSession(): Promise<void> {
  try {
    take(await settle(api.GET('/api/v1/me')));
  } catch {
    if (standing.value === 'unknown') standing.value = 'unreachable';
  }
}

export async function signIn(login: string, password: string): Promise<void> {
  take((await settle(api.POST('/api/v1/sessions', { body: { login, password, device: 'desk' } }))).account);
}

export const welcome = (account: Me): void => take(account);

/** The server tells its problems in the account's language: it follows what was chosen on the screen. */
export async function tellLanguage(chosen: 'zh' | 'en'): Promise<void> {
  const language = chosen === 'en' ? 'en' : 'zh-CN';
  if (standing.value !== 'in' || !me.value || me.value.language === language) return;
  try {
    me.value = await settle(api.PATCH('/api/v1/me', { body: { language } }));
  } catch {
    // The screen has turned already; the server's words follow at the next choice.
  }
}

export async function signOut(everywhere = false): Promise<void> {
  if (everywhere) await settle(api.DELETE('/api/v1/sessions'));
  else await settle(api.DELETE('/api/v1/sessions/current'));
  location.hash = '';
  location.reload();
}
