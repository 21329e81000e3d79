-- Refunds that somebody made by hand at the provider are ours as well once they are known.
ALTER TABLE refunds DROP CONSTRAINT refunds_sane;
ALTER TABLE refunds ADD CONSTRAINT refunds_sane CHECK (
  amount > 0 AND attempt > 0
  AND kind IN ('line', 'shipping', 'goodwill', 'return', 'dispute', 'provider')
  AND state IN ('awaiting_approval', 'requested', 'asked', 'pending', 'succeeded', 'failed', 'rejected')
  AND (provider_ref IS NOT NULL OR state IN ('awaiting_approval', 'requested', 'asked', 'failed', 'rejected'))
  AND (state <> 'succeeded' OR credit_note IS NOT NULL));
