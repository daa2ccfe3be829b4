// @ts-check
/**
 * The shapes that cross the wire, as docs of the API have them. Nothing here runs.
 *
 * @typedef {{id: string, name: string, value?: unknown, left: number | 'many' | 'few' | 'none',
 *   kind?: string, ways?: string[], picture?: string}} Prize `picture` is the id of one
 * @typedef {{life: number, left: number, steps: {at: number, open: boolean, prize_id?: string, releases?: string}[]}} BossLife
 * @typedef {{slug: string, brand: string, title: string, state: string, opens_at: string, closes_at: string,
 *   timezone: string, server_time: string, rounds_left?: number, bonus_rounds?: number, friend_rounds?: number, next_rounds_at?: string, locales: string[],
 *   theme?: import('./art/look.js').Theme | null,
 *   boss_life?: BossLife, instant_win?: {one_in: number}, places?: {from: number, to: number, prize_id: string}[], draw?: unknown,
 *   prizes: Prize[], ladder: {score: number, prize_id: string}[]}} Campaign
 * @typedef {{slug: string, locale: string, locales: string[], embed: boolean, api: string, public_url: string,
 *   texts: Record<string, string>, campaign: Campaign, rival?: Rival}} Boot
 * @typedef {{round_id: string, alias: string, score: number}} Rival whom a link dares to beat
 * @typedef {import('./sim/rules.js').Rules} Rules
 * @typedef {import('./sim/round.js').Shot} Shot
 * @typedef {{number: number, seed: string, starts_in_ms: number}} WaveTold
 * @typedef {{id: string, opened_at: string, commitment: string}} RoundTold
 * @typedef {{round: RoundTold, rules: Rules, wave: WaveTold}} Opened
 * @typedef {{id: string, way: string, prize: {id: string, name: string}, claim_code: string, claim_before: string}} Award
 * @typedef {{verdict: 'accepted' | 'held' | 'rejected', score: number, shots: number, hits: number, best_combo: number,
 *   awards: Award[], kept_back: number, gifts?: {opened: number, won: number}, keepsake?: {ticket: string, url: string}, secret: string, replay_url: string, standing: {rank: number, players: number} | null}} Outcome
 * @typedef {{wave?: WaveTold, void?: boolean, score_so_far?: number, outcome?: Outcome}} WaveAnswer
 * @typedef {{state: string, round: RoundTold, rules: Rules, waves: {number: number, seed: string}[], shots: Shot[],
 *   voids?: number[], submitted: number, wave?: WaveTold, outcome?: Outcome}} Present
 * @typedef {{rank: number, alias: string, score: number, round_id: string, provisional: boolean}} Place
 * @typedef {{top: Place[], me?: {rank: number, score: number} | null, players: number}} Standings
 * @typedef {{id: string, alias: string | null, badge: string | null, score: number | null, text: string, posted_at: string, published_at?: string,
 *   revision?: number, edited: boolean, round_id: string | null, at_ms: number | null, reply_to: string | null,
 *   reactions: Record<string, number>, replies?: Comment[], replies_next?: string | null}} Comment replies have none
 * @typedef {{id: string, state: string, reason?: string, revision: number, editable_until: string | null, text: string,
 *   posted_at: string, round_id: string | null, at_ms: number | null, reply_to: string | null, ruled_by: 'rules' | 'person',
 *   statement: null | {ruling_id: string, text: string, ground: 'rules' | 'law' | 'doubt', by: 'rules' | 'person', at: string},
 *   may_appeal: boolean, appeal: null | {state: 'open' | 'upheld' | 'overturned', at: string, settled_at: string | null}}} OwnComment
 * @typedef {{comments: OwnComment[], reactions: Record<string, string>, published?: string[],
 *   mute?: null | {until: string, statement: OwnComment['statement'], may_appeal?: boolean, appeal?: OwnComment['appeal']}}} MyTalk
 */
export {};
