export interface PostalRule {
  /** Matches the whole code, trimmed and in capitals; null = the country has no codes we check. */
  code: RegExp | null;
  code_required: boolean;
  region_required: boolean;
  /** False where the city is the country. */
  city_required: boolean;
}

/**
 * Codes by country as their posts publish them (UPU, "Postal addressing systems"). In a pattern # is a digit, @ a
 * letter, an underscore a space that may be left out, a tilde a dash that may be left out, and the rest a regular
 * expression. Countries listed before ' = ' share the pattern.
 */
const REQUIRED = `
AT BE BG CH CY DK HU LU NO NZ SI ZA SJ AU = ####
DE EE ES FI HR IT MX MY TH TR UA KR RS = #####
CZ GR SE SK = ###_##
CN RO RU SG KZ BY = ######
IN = [1-9]##_###
FR = ##_###
US = #####([ -]####)?
CA = [ABCEGHJ-NPRSTVXY]#[ABCEGHJ-NPRSTV-Z]_#[ABCEGHJ-NPRSTV-Z]#
GB = GIR_0AA|BFPO_#{1,4}|(?!GY|JE|IM|AI|QQ|ZZ)@{1,2}#[A-Z0-9]?_#[ABD-HJLNP-UW-Z]{2}
GG = GY#[A-Z0-9]?_#[ABD-HJLNP-UW-Z]{2}
IM = IM#[A-Z0-9]?_#[ABD-HJLNP-UW-Z]{2}
JE = JE#[A-Z0-9]?_#[ABD-HJLNP-UW-Z]{2}
NL = [1-9]###_(?!SA|SD|SS)@@
BR = #####~###
JP = ###~####
PL = ##-###
PT = ####-###
LV = LV-####
LT = (LT-?)?#####
LI = 94(8[5-9]|9[0-8])
MC = 980##
SM = 4789#
VA = 00120
GL = 39##
AX = 22###
FO = ###
TW = ###(##|###)?
PR = 00[679]##([ -]####)?
VI = 008(5[01]|[0-4]#)([ -]####)?
GU = 969(1#|2#|3[0-2])([ -]####)?
AS = 96799([ -]####)?
MP = 9695[0-2]([ -]####)?
FM = 9694[1-4]([ -]####)?
PW = 969(39|40)([ -]####)?
MH = 969[67]0([ -]####)?
GP BL MF = 97[018]##
MQ = 972##
GF = 973##
RE = 974##
PM = 975##
YT = 976##
WF = 986##
PF = 987##
NC = 988##
FK = FIQQ 1ZZ
GS = SIQQ 1ZZ
IO = BBND 1ZZ
PN = PCRN 1ZZ
SH = (ASCN|STHL) 1ZZ
TC = TKCA 1ZZ
`;

const OPTIONAL = `
AF AL AM BD CV ET GE GW LR MD MK MZ NE PH PY TN VE = ####
BA BT CU DO DZ EG GT HN ID IQ JO KE KW LA LK MA MM MN MV NA NI NP PK PS SD SN UY ZM = #####
CO EC KG NG TJ TM TT UZ = ######
IS LS MG PG = ###
IE = @#[0-9W]_[A-Z0-9]{4}
AD = AD[1-7]0#
AR = [A-HJ-NP-Z]?####(@@@)?
AZ = (AZ_)?####
BB = BB#####
BH = (1[0-2]|[1-9])##
BM = @@_[A-Z0-9]{2}
BN = @@_####
CC = 6799
CX = 6798
NF = 2899
HM = 7050|7151
CL = ###~####
CR = #{4,5}
GI = GX11_1AA
HT = (HT)?####
IL = #####(##)?
IR = #####~#####
KH = #{5,6}
KY = KY#-####
LB = ####(_####)?
ME = 8####
MT = @@@_#{2,4}
PE = (LIMA|CALLAO)_#{1,2}|[0-2]####
SA = #####(-####)?
SV = (CP_)?[1-3]###
SZ = [HLMS]###
VC = VC####
VG = VG####
VN = #{5,6}
XK = [1-7]####
AC = ASCN 1ZZ
TA = TDCU 1ZZ
`;

/** States, provinces, prefectures, emirates that belong in an address there. */
const REGION_REQUIRED = new Set('AE AU BR CA CN ID IN IT JP KR MX US'.split(' '));
const CITY_STATES = new Set('AC GI HK MC MO PN SG SM TA VA VG'.split(' '));

const CODES: ReadonlyMap<string, {code: RegExp; code_required: boolean}> = new Map([
  ...read(OPTIONAL, false),
  ...read(REQUIRED, true),
]);

/** What an address in a country needs; a country without a rule of its own needs the basics only. */
export function postalRule(country: string): PostalRule {
  const known = CODES.get(country);
  return {
    code: known?.code ?? null,
    code_required: known?.code_required ?? false,
    region_required: REGION_REQUIRED.has(country),
    city_required: !CITY_STATES.has(country),
  };
}

function read(table: string, code_required: boolean): [string, {code: RegExp; code_required: boolean}][] {
  return table
    .trim()
    .split('\n')
    .flatMap((row) => {
      const [countries = '', pattern = ''] = row.split(' = ');
      const code = regExpOf(pattern);
      return countries
        .split(' ')
        .map((country): [string, {code: RegExp; code_required: boolean}] => [country, {code, code_required}]);
    });
}

function regExpOf(pattern: string): RegExp {
  const source = pattern.replaceAll('#', '[0-9]').replaceAll('@', '[A-Z]').replaceAll('_', ' ?').replaceAll('~', '-?');
  return new RegExp(`^(?:${source})$`);
}
