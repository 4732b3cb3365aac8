-- AlterTable
ALTER TABLE "Member" ADD COLUMN "platformLanguage" TEXT;
ALTER TABLE "Member" ADD COLUMN "platformZone" TEXT;

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

    PRIMARY KEY ("platform", "tenant", "id"),
    CONSTRAINT "Conversation_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "WorkingGroup" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Occurrence" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "until" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "Conversation_groupId_idx" ON "Conversation"("groupId");

-- CreateIndex
CREATE INDEX "Occurrence_until_idx" ON "Occurrence"("until");
