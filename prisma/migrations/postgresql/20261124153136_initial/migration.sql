-- CreateTable
CREATE TABLE "WorkingGroup" (
    "id" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "organizerName" TEXT,
    "organizerEmail" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "changedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WorkingGroup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Event" (
    "uid" TEXT NOT NULL,
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
    "reason" TEXT,
    "series" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Event_pkey" PRIMARY KEY ("uid")
);

-- CreateTable
CREATE TABLE "EventPrecedence" (
    "eventUid" TEXT NOT NULL,
    "precededByUid" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "EventPrecedence_pkey" PRIMARY KEY ("eventUid","precededByUid")
);

-- CreateTable
CREATE TABLE "Document" (
    "eventUid" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "url" TEXT,
    "language" TEXT,
    "note" TEXT,

    CONSTRAINT "Document_pkey" PRIMARY KEY ("eventUid","position")
);

-- CreateTable
CREATE TABLE "Note" (
    "id" SERIAL NOT NULL,
    "uid" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "topic" TEXT,
    "text" TEXT NOT NULL,
    "points" JSONB NOT NULL,

    CONSTRAINT "Note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Member" (
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "name" TEXT,
    "zone" TEXT,
    "language" TEXT,
    "platformZone" TEXT,
    "platformLanguage" TEXT,
    "email" TEXT,

    CONSTRAINT "Member_pkey" PRIMARY KEY ("platform","tenant","userId")
);

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
CREATE TABLE "Installation" (
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,

    CONSTRAINT "Installation_pkey" PRIMARY KEY ("platform","tenant")
);

-- CreateTable
CREATE TABLE "Occurrence" (
    "key" TEXT NOT NULL,
    "until" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Occurrence_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" SERIAL NOT NULL,
    "groupId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actorPlatform" TEXT NOT NULL,
    "actorTenant" TEXT NOT NULL,
    "actorUserId" TEXT NOT NULL,
    "actorName" TEXT,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subjectUid" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "undoes" INTEGER,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoleGrant" (
    "groupId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "subjectId" TEXT NOT NULL,
    "name" TEXT,
    "role" TEXT NOT NULL,

    CONSTRAINT "RoleGrant_pkey" PRIMARY KEY ("groupId","kind","platform","tenant","subjectId")
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" SERIAL NOT NULL,
    "groupId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "eventUid" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PendingAction" (
    "token" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,
    "actorPlatform" TEXT NOT NULL,
    "actorTenant" TEXT NOT NULL,
    "actorUserId" TEXT NOT NULL,
    "actorName" TEXT,
    "command" TEXT NOT NULL,
    "given" JSONB NOT NULL,
    "writes" JSONB NOT NULL,
    "undoes" INTEGER,
    "madeAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "answer" TEXT,
    "answeredAt" TIMESTAMP(3),

    CONSTRAINT "PendingAction_pkey" PRIMARY KEY ("token")
);

-- CreateTable
CREATE TABLE "Subscription" (
    "id" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,
    "targetKind" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "targetId" TEXT NOT NULL,
    "thread" TEXT,
    "rules" JSONB NOT NULL,
    "since" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Subscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Delivery" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,
    "subscriptionId" TEXT,
    "eventUid" TEXT,
    "targetKind" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "targetId" TEXT NOT NULL,
    "thread" TEXT,
    "payload" JSONB NOT NULL,
    "plannedFor" TIMESTAMP(3) NOT NULL,
    "uselessFrom" TIMESTAMP(3),
    "state" TEXT NOT NULL,
    "readyAt" TIMESTAMP(3),
    "owner" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,
    "detail" TEXT,
    "conversationId" TEXT,
    "messageThread" TEXT,
    "messageId" TEXT,
    "told" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "settledAt" TIMESTAMP(3),

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Planning" (
    "groupId" TEXT NOT NULL,
    "to" TIMESTAMP(3) NOT NULL,
    "noticeId" INTEGER NOT NULL,

    CONSTRAINT "Planning_pkey" PRIMARY KEY ("groupId")
);

-- CreateTable
CREATE TABLE "Feed" (
    "id" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,
    "ownerPlatform" TEXT NOT NULL,
    "ownerTenant" TEXT NOT NULL,
    "ownerUserId" TEXT NOT NULL,
    "ownerName" TEXT,
    "conversationId" TEXT,
    "filter" JSONB NOT NULL,
    "zone" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "revokedAt" TIMESTAMP(3),
    "fetchedAt" TIMESTAMP(3),

    CONSTRAINT "Feed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "groupId" TEXT NOT NULL,
    "eventUid" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "name" TEXT,
    "organizerName" TEXT NOT NULL,
    "organizerEmail" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "removedAt" TIMESTAMP(3),
    "sentSequence" INTEGER,
    "sentMethod" TEXT,
    "sentAt" TIMESTAMP(3),
    "sentWhen" JSONB,
    "partstat" TEXT NOT NULL DEFAULT 'needs-action',
    "repliedTo" INTEGER,
    "repliedAt" TIMESTAMP(3),
    "comment" TEXT,

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("groupId","eventUid","address")
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
CREATE INDEX "Conversation_groupId_idx" ON "Conversation"("groupId");

-- CreateIndex
CREATE INDEX "Occurrence_until_idx" ON "Occurrence"("until");

-- CreateIndex
CREATE INDEX "AuditEntry_groupId_id_idx" ON "AuditEntry"("groupId", "id");

-- CreateIndex
CREATE INDEX "AuditEntry_subjectUid_idx" ON "AuditEntry"("subjectUid");

-- CreateIndex
CREATE UNIQUE INDEX "Notice_groupId_revision_eventUid_key" ON "Notice"("groupId", "revision", "eventUid");

-- CreateIndex
CREATE INDEX "PendingAction_expiresAt_idx" ON "PendingAction"("expiresAt");

-- CreateIndex
CREATE INDEX "Subscription_groupId_idx" ON "Subscription"("groupId");

-- CreateIndex
CREATE INDEX "Subscription_platform_tenant_targetId_idx" ON "Subscription"("platform", "tenant", "targetId");

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_key_key" ON "Delivery"("key");

-- CreateIndex
CREATE INDEX "Delivery_readyAt_idx" ON "Delivery"("readyAt");

-- CreateIndex
CREATE UNIQUE INDEX "Feed_tokenHash_key" ON "Feed"("tokenHash");

-- CreateIndex
CREATE INDEX "Feed_groupId_idx" ON "Feed"("groupId");

-- AddForeignKey
ALTER TABLE "Event" ADD CONSTRAINT "Event_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "WorkingGroup"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Event" ADD CONSTRAINT "Event_parentUid_fkey" FOREIGN KEY ("parentUid") REFERENCES "Event"("uid") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventPrecedence" ADD CONSTRAINT "EventPrecedence_eventUid_fkey" FOREIGN KEY ("eventUid") REFERENCES "Event"("uid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventPrecedence" ADD CONSTRAINT "EventPrecedence_precededByUid_fkey" FOREIGN KEY ("precededByUid") REFERENCES "Event"("uid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Document" ADD CONSTRAINT "Document_eventUid_fkey" FOREIGN KEY ("eventUid") REFERENCES "Event"("uid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Note" ADD CONSTRAINT "Note_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "WorkingGroup"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Conversation" ADD CONSTRAINT "Conversation_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "WorkingGroup"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuditEntry" ADD CONSTRAINT "AuditEntry_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "WorkingGroup"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoleGrant" ADD CONSTRAINT "RoleGrant_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "WorkingGroup"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notice" ADD CONSTRAINT "Notice_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "WorkingGroup"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PendingAction" ADD CONSTRAINT "PendingAction_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "WorkingGroup"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Subscription" ADD CONSTRAINT "Subscription_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "WorkingGroup"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Feed" ADD CONSTRAINT "Feed_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "WorkingGroup"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "WorkingGroup"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
