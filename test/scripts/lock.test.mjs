import {missingPlatforms} from '../../scripts/lib/lock.mjs';

const tool = {
  version: '1.0.0',
  dev: true,
  optionalDependencies: {'@t/linux-x64-musl': '1.0.0', '@t/darwin-arm64': '^1.0.0'},
};

describe('the lock', () => {
  it('lacks the platform packages that only their users can see', () => {
    expect(missingPlatforms({packages: {'node_modules/t': tool}})).toEqual([
      [
        'node_modules/@t/linux-x64-musl',
        {version: '1.0.0', dev: true, optional: true, os: ['linux'], cpu: ['x64'], libc: ['musl']},
      ],
      ['node_modules/@t/darwin-arm64', {version: '1.0.0', dev: true, optional: true, os: ['darwin'], cpu: ['arm64']}],
    ]);
  });

  it('is complete when they are found anywhere on the way up', () => {
    const packages = {
      'node_modules/a/node_modules/t': tool,
      'node_modules/a/node_modules/@t/linux-x64-musl': {},
      'node_modules/@t/darwin-arm64': {},
    };
    expect(missingPlatforms({packages})).toEqual([]);
  });
});
