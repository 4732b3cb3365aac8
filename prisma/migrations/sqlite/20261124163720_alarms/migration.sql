-- AlterTable
ALTER TABLE "Feed" ADD COLUMN "alarms" JSONB;

-- AlterTable
ALTER TABLE "Invitation" ADD COLUMN "alarms" JSONB;
