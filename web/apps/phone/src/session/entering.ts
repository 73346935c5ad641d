import { router } from '../paths';
import { showKept } from '../kept/kept';
import { readOutbox } from '../outbox/outbox';
import { syncNow } from '../schedule';
import { noteSignIn } from './pin';
import { safeNext } from './tokens';

export async function afterEntering(next: unknown): Promise<void> {
  await noteSignIn();
  await showKept();
  await readOutbox();
  void syncNow();
  // The token must not stay in the address.
  await router.replace(safeNext(next));
}
