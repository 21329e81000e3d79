import {connectTemporal} from './connect-temporal.ts';

describe('connectTemporal', () => {
  it('gives a client without a server: only its calls fail', async () => {
    const temporal = {address: '127.0.0.1:1', namespace: 'default', tls: false, apiKey: undefined};
    const client = connectTemporal({temporal});
    const call = client.withDeadline(Date.now() + 200, () => client.workflowService.getSystemInfo({}));
    await expect(call).rejects.toThrow();
    await client.connection.close();
  });
});
