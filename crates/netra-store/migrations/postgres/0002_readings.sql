-- The other readings of the nearest clock that lead to another day, as JSON.
ALTER TABLE matters ADD COLUMN next_otherwise TEXT COLLATE "C";
