-- CreateTable
CREATE TABLE "WorkingGroup" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "organizerName" TEXT,
    "organizerEmail" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "changedAt" DATETIME
);

-- CreateTable
CREATE TABLE "Event" (
    "uid" TEXT NOT NULL PRIMARY KEY,
    "groupId" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "handle" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "visibility" TEXT NOT NULL,
    "whenPrecision" TEXT,
    "whenStart" TEXT,
    "whenEnd" TEXT,
    "whenZone" TEXT,
    "venueName" TEXT,
    "venueCity" TEXT,
    "venueCountry" TEXT,
    "onlineUrl" TEXT,
    "organiser" TEXT,
    "region" TEXT,
    "maxPerDelegation" INTEGER,
    "headLevel" TEXT,
    "participationNotes" TEXT,
    "description" TEXT,
    "parentUid" TEXT,
    "outcomes" JSONB NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Event_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "WorkingGroup" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Event_parentUid_fkey" FOREIGN KEY ("parentUid") REFERENCES "Event" ("uid") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "EventPrecedence" (
    "eventUid" TEXT NOT NULL,
    "precededByUid" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    PRIMARY KEY ("eventUid", "precededByUid"),
    CONSTRAINT "EventPrecedence_eventUid_fkey" FOREIGN KEY ("eventUid") REFERENCES "Event" ("uid") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "EventPrecedence_precededByUid_fkey" FOREIGN KEY ("precededByUid") REFERENCES "Event" ("uid") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Document" (
    "eventUid" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "url" TEXT,
    "language" TEXT,
    "note" TEXT,

    PRIMARY KEY ("eventUid", "position"),
    CONSTRAINT "Document_eventUid_fkey" FOREIGN KEY ("eventUid") REFERENCES "Event" ("uid") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Note" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "uid" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "topic" TEXT,
    "text" TEXT NOT NULL,
    "points" JSONB NOT NULL,
    CONSTRAINT "Note_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "WorkingGroup" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Member" (
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "name" TEXT,
    "zone" TEXT,
    "language" TEXT,

    PRIMARY KEY ("platform", "tenant", "userId")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "groupId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "actorPlatform" TEXT NOT NULL,
    "actorTenant" TEXT NOT NULL,
    "actorUserId" TEXT NOT NULL,
    "actorName" TEXT,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subjectUid" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    CONSTRAINT "AuditEntry_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "WorkingGroup" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "WorkingGroup_slug_key" ON "WorkingGroup"("slug");

-- CreateIndex
CREATE INDEX "Event_parentUid_idx" ON "Event"("parentUid");

-- CreateIndex
CREATE UNIQUE INDEX "Event_groupId_handle_key" ON "Event"("groupId", "handle");

-- CreateIndex
CREATE INDEX "EventPrecedence_precededByUid_idx" ON "EventPrecedence"("precededByUid");

-- CreateIndex
CREATE UNIQUE INDEX "Note_uid_key" ON "Note"("uid");

-- CreateIndex
CREATE INDEX "Note_groupId_idx" ON "Note"("groupId");

-- CreateIndex
CREATE INDEX "AuditEntry_groupId_id_idx" ON "AuditEntry"("groupId", "id");

-- CreateIndex
CREATE INDEX "AuditEntry_subjectUid_idx" ON "AuditEntry"("subjectUid");
