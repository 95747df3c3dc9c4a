-- The end of a member's identity, which a referral code stands for.

CREATE INDEX members_referral ON members (substr(id, 11));
