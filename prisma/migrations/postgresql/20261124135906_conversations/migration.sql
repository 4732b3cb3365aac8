-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "platformLanguage" TEXT,
ADD COLUMN     "platformZone" TEXT;

-- CreateTable
CREATE TABLE "Conversation" (
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT,
    "serviceUrl" TEXT,
    "groupId" TEXT,
    "disconnected" TEXT,

    CONSTRAINT "Conversation_pkey" PRIMARY KEY ("platform","tenant","id")
);

-- CreateTable
CREATE TABLE "Occurrence" (
    "key" TEXT NOT NULL,
    "until" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Occurrence_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "Conversation_groupId_idx" ON "Conversation"("groupId");

-- CreateIndex
CREATE INDEX "Occurrence_until_idx" ON "Occurrence"("until");

-- AddForeignKey
ALTER TABLE "Conversation" ADD CONSTRAINT "Conversation_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "WorkingGroup"("id") ON DELETE SET NULL ON UPDATE CASCADE;
