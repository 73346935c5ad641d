import type { Role } from '../desk/api';
import { roles } from '../session/session';

const all: Role[] = ['village', 'resident_leader', 'station', 'district', 'system', 'security', 'auditor'];

/**
 * The roles somebody may offer: a hint only, the server judges. A station gives the roles of its town's people,
 * a district stations too.
 */
export function rolesToGive(): Role[] {
  return roles.value.has('system') ? all : all.slice(0, roles.value.has('district') ? 3 : 2);
}
