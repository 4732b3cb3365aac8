-- AlterTable
ALTER TABLE "PendingAction" ADD COLUMN "preview" JSONB;
