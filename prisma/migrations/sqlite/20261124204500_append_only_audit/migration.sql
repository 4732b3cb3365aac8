-- The audit is append-only, and the database keeps it so.
CREATE TRIGGER "AuditEntry_never_updated" BEFORE UPDATE ON "AuditEntry"
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only: an entry is never changed');
END;

CREATE TRIGGER "AuditEntry_never_deleted" BEFORE DELETE ON "AuditEntry"
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only: an entry is never deleted');
END;

-- INSERT OR REPLACE deletes without asking the trigger above (https://www.sqlite.org/lang_conflict.html).
CREATE TRIGGER "AuditEntry_never_replaced" BEFORE INSERT ON "AuditEntry"
WHEN EXISTS (SELECT 1 FROM "AuditEntry" WHERE "id" = NEW."id")
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only: an entry is never replaced');
END;
