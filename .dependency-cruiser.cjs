// Who may import whom (values; `import type` is free). The table is in docs/ARCHITECTURE.md.

const OURS =
  'activities|adapters|api|bench|config|domain|emulators|prisma|scripts|simulation|store|test|web|workers|workflows';
const CORE =
  'assert|async_hooks|buffer|child_process|cluster|console|crypto|dgram|diagnostics_channel|dns|events|fs|http|http2|https|' +
  'inspector|module|net|os|path|perf_hooks|process|readline|stream|timers|tls|url|util|v8|vm|worker_threads|zlib';
const TESTS = '\\.test\\.ts$';

/** `folder` may import nothing of ours but `may` (regular expressions of paths; itself is always allowed). */
function only(folder, may, comment) {
  const allowed = [`^${folder}/`, ...may];
  return {
    name: `${folder}-of-ours`,
    comment,
    severity: 'error',
    from: {path: `^${folder}/`, pathNot: TESTS},
    to: {path: `^(${OURS})/`, pathNot: allowed},
  };
}

/** `folder` may use no package but `may` (package names; [] for none). */
function packages(folder, may, comment, except = []) {
  const names = may.map((name) => `(^|/)node_modules/${name}/`);
  return {
    name: `${folder}-packages`,
    comment,
    severity: 'error',
    from: {path: `^${folder}/`, pathNot: [TESTS, ...except]},
    to: {path: '(^|/)node_modules/', ...(names.length > 0 && {pathNot: names})},
  };
}

/** `folder` may not use these packages. */
function without(folder, names, comment) {
  return {
    name: `${folder}-without`,
    comment,
    severity: 'error',
    from: {path: `^${folder}/`, pathNot: TESTS},
    to: {path: names.map((name) => `(^|/)node_modules/${name}/`)},
  };
}

module.exports = {
  forbidden: [
    only('domain', [], 'domain is pure: it imports only domain'),
    packages('domain', [], 'domain is pure: no packages'),
    only('workflows', ['^domain/'], 'workflows are replayed: they decide by domain and act through activities'),
    packages('workflows', ['@temporalio/(workflow|common)'], 'workflows import no package but @temporalio/workflow'),
    {
      name: 'no-input-output-in-reach',
      comment: 'nothing that domain or workflows load, however far away, may touch the outside',
      severity: 'error',
      from: {path: '^(domain|workflows)/', pathNot: TESTS},
      to: {reachable: true, path: `^(node:)?(${CORE})(/|$)`},
    },
    {
      name: 'no-store-in-reach-of-workflows',
      comment: 'not even by way of another file',
      severity: 'error',
      from: {path: '^workflows/', pathNot: TESTS},
      to: {reachable: true, path: '^(store|adapters|activities|api)/'},
    },
    only('activities', ['^domain/'], 'activities are handed store and adapters as ports: import their types only'),
    without('activities', ['@prisma', 'pg', 'express', 'stripe', '@easypost'], 'activities use ports, not the things'),
    only(
      'adapters',
      ['^domain/', '^activities/ports\\.ts$'],
      'an adapter makes one port real and knows nothing else of ours',
    ),
    without(
      'adapters',
      ['@prisma', 'pg', '@temporalio', 'express'],
      'an adapter uses the SDK of its one outside thing',
    ),
    only('store', ['^domain/'], 'store is SQL: no workflow, no adapter, no HTTP'),
    without(
      'store',
      ['@temporalio', 'express', 'stripe', '@easypost'],
      'store is SQL: no workflow, no adapter, no HTTP',
    ),
    only(
      'api',
      ['^domain/', '^store/', '^config/', '^web/', '^workflows/messages', '^adapters/.*webhook'],
      'the edge: contract, store verbs, messages to workflows',
    ),
    without('api', ['@temporalio/(worker|activity|workflow)'], 'the edge is a client of Temporal, not a worker'),
    only(
      'workers',
      ['^domain/', '^store/', '^config/', '^activities/', '^adapters/', '^workflows/'],
      'the composition root: everything but the edge, the pages and what tests use',
    ),
    only('config', ['^domain/'], 'settings know the domain at most'),
    only('emulators', [], 'an emulator judges us: it imports nothing of ours'),
    only(
      'simulation',
      ['^domain/', '^config/', '^scripts/lib/up\\.(mjs|d\\.mts)$'],
      'a simulation uses the public API, not our code: it would share our bugs',
    ),
    without('simulation', ['@prisma'], 'invariants read plain SQL'),
    only('web', ['^api/contract', '^domain/'], 'pages see only the contract; the floor judges scans by the same rules'),
    packages('web/floor', [], 'what runs in the browsers of the floor is ours alone'),
    packages(
      'web',
      [
        'react',
        'react-dom',
        '@tanstack/(react-query|query-core)',
        'pdfkit',
        'bwip-js',
        'any-ascii',
        'd3-geo',
        'topojson-client',
        '(world|us)-atlas',
      ],
      'pages are React and ours',
    ),
    {
      name: 'maps-stay-on-the-server',
      comment: 'browsers get the drawn map, not the atlas',
      severity: 'error',
      from: {path: '^web/customer/main\\.tsx$'},
      to: {
        reachable: true,
        path: '(^|/)node_modules/(d3-geo|topojson-client|world-atlas|us-atlas)/|^web/customer/draw-map',
      },
    },
    only('web/(ui|words)', ['^web/(ui|words)/'], 'components and words know no page'),
    {
      name: 'rooms-apart',
      comment: 'a room of the office is loaded by itself: what two share is in web/ui or web/words',
      severity: 'error',
      from: {path: '^web/desk/([^/]+)/'},
      to: {path: '^web/desk/[^/]+/', pathNot: '^web/desk/$1/'},
    },
    {
      name: 'nobody-imports-tests',
      severity: 'error',
      from: {path: `^(${OURS})/`, pathNot: ['^(test|bench)/', TESTS]},
      to: {path: ['^(test|bench)/', TESTS]},
    },
    {name: 'no-circle', severity: 'error', from: {}, to: {circular: true}},
    {
      name: 'resolves',
      comment: 'an import that leads nowhere',
      severity: 'error',
      from: {},
      to: {couldNotResolve: true},
    },
    {
      name: 'no-development-package-in-production',
      severity: 'error',
      from: {path: '^(activities|adapters|api|config|domain|store|web|workers|workflows)/', pathNot: TESTS},
      to: {dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown']},
    },
  ],
  options: {
    // false: a type-only import is no dependency. true would call every type import of a port a leak.
    tsPreCompilationDeps: false,
    tsConfig: {fileName: 'tsconfig.json'},
    doNotFollow: {path: ['node_modules', '^store/generated/']},
    // nobody writes an import of jsx-runtime: the compiler does, where it takes a generic for a tag also
    exclude: {path: ['^dist/', '^\\.data', 'node_modules/react/jsx-runtime']},
    enhancedResolveOptions: {exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types']},
  },
};
