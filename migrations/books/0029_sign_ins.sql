-- On which days a member came by for points: what the review of a month counts, without reading every movement.

CREATE INDEX points_moves_came ON points_moves (member, business_date) WHERE why = 'sign_in';
