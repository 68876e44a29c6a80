// The dependency rule of docs/architecture.md: doors -> features -> platform -> domain, never back.
/**
 * @param {string} name
 * @param {string[]} mayImport
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
const feature = (name, mayImport) => ({
  name: `feature-${name}`,
  comment: `${name} may import only: ${mayImport.join(', ') || 'no other feature'}, and of a feature only its index.ts`,
  severity: 'error',
  // The page's tests compare it with what the terminal writes.
  from: { path: `^src/${name}/`, pathNot: '^src/dashboard/page/.*\\.spec\\.tsx?$' },
  to: {
    path: '^src/(auth|audit|users|modules|variables|credits|revenue|payments|signals|settings|statements|dashboard)/',
    pathNot: [`^src/${name}/`, ...mayImport.map((other) => `^src/${other}/index\\.ts$`)],
  },
});

/**
 * @param {string} folder
 * @param {string[]} mayImport
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
const layer = (folder, mayImport) => ({
  name: `credits-${folder}`,
  comment: `credits/${folder} may import of credits only: ${mayImport.join(', ') || 'nothing'}, and the files right in credits`,
  severity: 'error',
  from: { path: `^src/credits/${folder}/` },
  to: {
    path: '^src/credits/[^/]+/',
    pathNot: [folder, ...mayImport].map((other) => `^src/credits/${other}/`),
  },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-is-pure',
      comment: 'The domain imports nothing but itself: no Nest, no TypeORM, no Node module.',
      severity: 'error',
      from: { path: '^src/domain/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^src/domain/' },
    },
    {
      name: 'platform-knows-no-feature',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/', pathNot: '^src/(platform|domain)/' },
    },
    {
      name: 'migrations-are-handed-over',
      comment:
        'The platform and the features know no migration: a door or the composition root hands them over.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/([^/]+\\.ts$|cli/|demo/)' },
      to: { path: '^migrations/' },
    },
    {
      name: 'nobody-imports-the-doors',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/([^/]+\\.ts$|cli/|demo/)' },
      to: { path: '^src/([^/]+\\.ts$|cli/|demo/)' },
    },
    {
      name: 'nobody-imports-the-bench',
      severity: 'error',
      from: { path: '^(src|migrations)/' },
      to: { path: '^bench/' },
    },
    {
      name: 'doors-use-feature-indexes',
      severity: 'error',
      from: { path: '^src/([^/]+\\.ts$|cli/|demo/)' },
      to: {
        path: '^src/(auth|audit|users|modules|variables|credits|revenue|payments|signals|settings|statements|dashboard)/',
        pathNot: '/index\\.ts$',
      },
    },
    feature('auth', []),
    feature('audit', ['auth']),
    feature('users', ['auth', 'audit']),
    feature('modules', ['users', 'auth', 'audit']),
    feature('variables', ['auth', 'audit']),
    feature('credits', ['modules', 'users', 'variables', 'auth', 'audit']),
    feature('revenue', ['credits', 'modules', 'users', 'variables', 'auth', 'audit']),
    feature('payments', ['credits', 'variables']),
    feature('signals', ['variables', 'auth']),
    feature('settings', ['revenue', 'variables', 'auth']),
    feature('statements', ['revenue', 'credits', 'users', 'variables', 'auth', 'audit']),
    feature('dashboard', []),
    // Inside credits: http, import, batches and charging -> commands -> accounts -> ledger.
    layer('ledger', []),
    layer('accounts', ['ledger']),
    layer('commands', ['accounts', 'ledger']),
    layer('charging', ['commands', 'accounts', 'ledger']),
    layer('import', ['commands', 'accounts', 'ledger']),
    layer('batches', ['commands', 'accounts', 'ledger']),
    layer('queries', ['accounts', 'ledger']),
    layer('rebuild', ['accounts', 'ledger']),
    layer('reconcile', ['import', 'commands', 'accounts', 'ledger']),
    {
      name: 'page-runs-in-browsers',
      comment:
        'The page speaks HTTP: its files import one another, the types of the API, and a few packages for browsers.',
      severity: 'error',
      from: { path: '^src/dashboard/page/', pathNot: '\\.spec\\.tsx?$|^src/dashboard/page/testing/' },
      to: {
        pathNot:
          '^src/dashboard/page/|^client/schema\\.ts$|^node_modules/(preact|@preact/signals|openapi-fetch|uplot)/',
      },
    },
    // Inside the page: app -> areas -> shared parts; the shell and the shared parts know no area.
    {
      name: 'page-app-combines',
      comment: 'Only main.tsx imports app/, which knows all areas.',
      severity: 'error',
      from: { path: '^src/dashboard/page/', pathNot: '^src/dashboard/page/(main\\.tsx$|app/)' },
      to: { path: '^src/dashboard/page/app/' },
    },
    {
      name: 'page-areas-are-apart',
      comment: 'An area is known by app/ only: another one links to its address.',
      severity: 'error',
      from: { path: '^src/dashboard/page/', pathNot: '^src/dashboard/page/(app|areas)/' },
      to: { path: '^src/dashboard/page/areas/' },
    },
    {
      name: 'page-areas-do-not-import-each-other',
      severity: 'error',
      from: { path: '^src/dashboard/page/areas/([^/]+)/' },
      to: { path: '^src/dashboard/page/areas/', pathNot: '^src/dashboard/page/areas/$1/' },
    },
    {
      name: 'page-shared-parts-know-no-frame',
      comment: 'Texts, figures, addresses, requests and components know neither the shell nor sign-in.',
      severity: 'error',
      from: { path: '^src/dashboard/page/(address|api|brand|exact|preferences|question|session|texts|ui)/' },
      to: { path: '^src/dashboard/page/(shell|sign-in)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js'],
    },
  },
};
