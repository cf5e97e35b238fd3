-- Where people bring what they have to say, and who sees a problem through until its people were told.
ALTER TABLE "compound" ADD COLUMN "desk" TEXT CHECK ("desk" <> '');
ALTER TABLE "problem" ADD COLUMN "responsible" TEXT CHECK ("responsible" <> '');
ALTER TABLE "problem" ADD COLUMN "told_on" TEXT CHECK (date("told_on") IS "told_on");
