/**
 * First digits or letters of the postal codes of a state, where the post assigns them by state: `a-b` is a range of
 * prefixes of one length. Codes that serve both sides of a border stand with both.
 */
const PREFIXES: Record<string, string> = {
  US: `AL 350-369; AK 995-999; AZ 850-869; AR 716-729 75502; CA 900-961; CO 800-819; CT 060-069; DE 197-199;
    DC 200 202-205 569; FL 320-349; GA 300-319 398-399; HI 967-968; ID 832-839; IL 600-629; IN 460-479; IA 500-529;
    KS 660-679; KY 400-427 45275; LA 700-715; ME 039-049; MD 206-219 20331; MA 010-027 055; MI 480-499; MN 550-567;
    MS 386-397 71233; MO 630-659; MT 590-599; NE 680-699; NV 889-899; NH 030-038; NJ 070-089; NM 870-884;
    NY 100-149 005 06390; NC 270-289; ND 580-589; OH 430-459; OK 730-732 734-749; OR 970-979; PA 150-196;
    RI 028-029; SC 290-299; SD 570-579; TN 370-385; TX 733 750-799 885; UT 840-849; VT 050-054 056-059;
    VA 201 220-246; WA 980-994; WV 247-269; WI 530-549; WY 820-831 83414; AA 340; AE 090-099; AP 962-966;
    PR 006-007 009; VI 008; GU 969; AS 96799; MP 9695; FM 9694; PW 96939-96940; MH 96960 96970`,
  CA: `NL A; NS B; PE C; NB E; QC G H J K1A; ON K-N P; MB R; SK S; AB T; BC V; NT X; NU X; YT Y`,
  AU: `ACT 02 26 29 2540; JBT 2540; NSW 1 2 3500 3585-3586 3644 3707 4380-4385; NT 08 09; QLD 4 9; SA 5 0872; TAS 7;
    VIC 3 8; WA 6 0872`,
  BR: `AC 699; AL 57; AM 690-692 694-698; AP 689; BA 40-48; CE 60-63; DF 700-727 730-736; ES 29; GO 728-729 737-767;
    MA 65; MG 30-39; MS 79; MT 780-788; PA 660-688; PB 58; PE 50-56; PI 64; PR 80-87; RJ 20-28; RN 59; RO 768-769 789;
    RR 693; RS 90-99; SC 88-89; SE 49; SP 01-19; TO 77`,
};

interface PrefixRange {
  from: string;
  to: string;
}

const RANGES: ReadonlyMap<string, ReadonlyMap<string, PrefixRange[]>> = new Map(
  Object.entries(PREFIXES).map(([country, text]) => [country, new Map(text.split(';').map(entryOf))]),
);

/**
 * Whether a postal code lies in a state; null = not known: another country, or a state that is not given by its code.
 * @param code trimmed and in capitals
 */
export function codeInRegion(country: string, region: string, code: string): boolean | null {
  const ranges = RANGES.get(country)?.get(region.trim().toUpperCase());
  if (ranges === undefined) return null;
  return ranges.some(({from, to}) => {
    const start = code.slice(0, from.length);
    return from <= start && start <= to;
  });
}

function entryOf(entry: string): [string, PrefixRange[]] {
  const [region = '', ...ranges] = entry.trim().split(/\s+/);
  return [
    region,
    ranges.map((range) => {
      const [from = '', to = from] = range.split('-');
      return {from, to};
    }),
  ];
}
