-- What cross-tables of a whole street read: the dwelling of each counted response, and what
-- answers are split by of each dwelling, both in one range for a compound.
DROP INDEX "response_round";
CREATE INDEX "response_round" ON "response" ("round_id", "state", "id", "dwelling_id");
CREATE INDEX "dwelling_traits" ON "dwelling" ("compound_id", "id", "building_id", "storey", "tenure");
