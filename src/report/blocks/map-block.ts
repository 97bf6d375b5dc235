/** How much at risk a place is; `unknown`: its risk is not known. */
export type RiskLevel = 'high' | 'some' | 'low' | 'unknown';

export interface MapPoint {
  id: string;
  /** 0–1 of the width and of the height, y downwards. */
  x: number;
  y: number;
  level: RiskLevel;
  /** "Harbour: 41 %, 2 of 19". */
  label: string;
  /** Its place in the list of the riskiest, written beside it. */
  rank?: number;
}

/** Places as points on an empty ground, north above: level by shape and colour, moves as lines. */
export interface MapBlock {
  type: 'map';
  id: string;
  title: string;
  points: MapPoint[];
  lines: { from: [x: number, y: number]; to: [x: number, y: number] }[];
  /** Width over height, so that a kilometre is as long to the east as to the north. */
  proportion: number;
  /** What every level means and how many places have it. */
  levels: { level: RiskLevel; text: string }[];
  /** A line of that share of the width is so long on the ground. */
  scale: { share: number; text: string };
  summary: string;
}
