-- The audit is append-only, and the database keeps it so.
CREATE FUNCTION "refuse_to_change_audit"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is append-only: % is refused', TG_OP USING ERRCODE = 'restrict_violation';
END;
$$;

-- For each statement, so that there is nothing to pay for each row, and TRUNCATE has no rows.
CREATE TRIGGER "AuditEntry_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditEntry"
FOR EACH STATEMENT EXECUTE FUNCTION "refuse_to_change_audit"();
