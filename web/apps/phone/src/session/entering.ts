import { preferences } from '@wujin/ui';
import { router } from '../paths';
import { showKept } from '../kept/kept';
import { readOutbox } from '../outbox/outbox';
import { syncNow } from '../schedule';
import { changeLanguage } from './language';
import { noteSignIn } from './pin';
import { safeNext } from './tokens';

export async function afterEntering(next: unknown): Promise<void> {
  await noteSignIn();
  void changeLanguage(preferences.language);
  await showKept();
  await readOutbox();
  void syncNow();
  // The token must not stay in the address.
  await router.replace(safeNext(next));
}
