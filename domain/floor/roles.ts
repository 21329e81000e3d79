/** What people work as on the floor: by badge or PIN, on shared devices. */
export const FLOOR_ROLES = ['picker', 'packer', 'receiver', 'warehouse_lead'] as const;
/** And in the office: by password, at a desk. */
export const OFFICE_ROLES = ['support', 'finance', 'ops', 'analyst', 'admin'] as const;
export const STAFF_ROLES = [...FLOOR_ROLES, ...OFFICE_ROLES] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** Whoever is one of these finds something at a desk. */
const AT_A_DESK: readonly string[] = [...OFFICE_ROLES, 'warehouse_lead'];
export const worksAtDesk = (roles: readonly string[]): boolean => roles.some((role) => AT_A_DESK.includes(role));

/** Whose people are whose: nobody makes another what they are not above themselves. */
const MANAGES: Readonly<Record<string, readonly string[]>> = {
  warehouse_lead: ['picker', 'packer', 'receiver'],
  ops: [...FLOOR_ROLES, 'support', 'analyst'],
  admin: STAFF_ROLES,
};

/**
 * Roles of somebody that are not the caller's to give or to change; one's own one keeps.
 * @param kept of the caller, where they are the one who is changed
 */
export const rolesBeyond = (own: readonly string[], roles: readonly string[], kept: readonly string[]): string[] =>
  roles.filter((role) => !kept.includes(role) && !mayManage(own, role));

export const mayManage = (own: readonly string[], role: string): boolean =>
  own.some((mine) => MANAGES[mine]?.includes(role) === true);
