/** One statement each; made anew each time the cache is filled. */
export const queryTables: readonly string[] = [
  `create table facts (
     seq bigint primary key, t_ms double precision not null, day text not null, type text not null,
     who_id text not null, who text not null, incident_id text not null, uid text not null,
     data jsonb not null, fact text not null)`,
  "create index facts_type on facts (type, seq)",
  "create index facts_incident on facts (incident_id, seq) where incident_id <> ''",
  "create index facts_who on facts (lower(who_id), seq)",
  "create index facts_day on facts (day, type)",
  "create index facts_purpose on facts ((data->>'purposeId')) where type = 'PurposeGiven'",
  "create index facts_review on facts ((data->>'seq'), seq) where type = 'SearchReviewed'",
];
