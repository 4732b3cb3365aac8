-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN "lostOrBackAt" DATETIME;

-- AlterTable
ALTER TABLE "Planning" ADD COLUMN "troublesTo" DATETIME;
