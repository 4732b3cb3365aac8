-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "lostOrBackAt" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "Planning" ADD COLUMN     "troublesTo" TIMESTAMP(3);
