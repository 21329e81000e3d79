import {mayManage, STAFF_ROLES, worksAtDesk} from './roles.ts';

describe('who may make whom what', () => {
  it('never gives what one is not above: only an admin names ops, finance and admins', () => {
    for (const role of ['ops', 'finance', 'admin']) {
      expect(STAFF_ROLES.filter((own) => mayManage([own], role))).toEqual(['admin']);
    }
  });

  it('leaves a lead the floor, and ops the leads and who answers customers', () => {
    expect(STAFF_ROLES.filter((role) => mayManage(['warehouse_lead'], role))).toEqual(['picker', 'packer', 'receiver']);
    expect(mayManage(['ops'], 'warehouse_lead')).toBe(true);
    expect(mayManage(['support', 'picker'], 'picker')).toBe(false);
  });

  it('lets the office and leads sit at a desk', () => {
    expect(STAFF_ROLES.filter((role) => !worksAtDesk([role]))).toEqual(['picker', 'packer', 'receiver']);
  });
});
