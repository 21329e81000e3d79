import {SETTINGS_TABLE} from './settings.ts';

const INTRODUCTION = `# Settings

All settings are environment variables, read once at start by config/settings.ts. \`npm start\` sets what is missing, so
none is needed for a first look. An empty variable counts as unset. A value that cannot be used stops the start with a
sentence that says what to do.

This page is made from \`SETTINGS_TABLE\` in config/settings-fields.ts: \`UPDATE_DOCS=1 npm test -- config/settings\`.
`;

/** docs/settings.md */
export function settingsDocument(): string {
  const rows = SETTINGS_TABLE.map((row) => `| \`${row.name}\` | ${code(row.default)} | ${row.meaning} |`);
  return [INTRODUCTION, '| name | default | meaning |', '|---|---|---|', ...rows, ''].join('\n');
}

function code(text: string | null): string {
  return text === null ? '' : `\`${text}\``;
}
