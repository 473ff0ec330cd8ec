-- Written by auroraform from manifests and environments. Edit those, not this file.
--
-- The application users of the Aurora PostgreSQL cluster orders, made from manifests/postgresql.yaml:
--
--   orders_app: readwrite, logs in with IAM
--   migrations: owner, logs in with IAM
--   Reports: readonly, logs in with IAM
--   search: readonly, logs in with the password in its secret
--
-- Run it with psql as the master user, once the cluster is there, and again after every change. Host, port and the
-- secret with the password are outputs of the stack:
--
--   psql -f orders.sql "host=HOST port=5432 user=master dbname=orders sslmode=verify-full sslrootcert=BUNDLE"
--
-- It can be run any number of times: it makes what is missing, gives each user what its access is, and takes back
-- whatever else these users were given on databases, schemas, tables and sequences. Where all is as it should be, it
-- does nothing; psql -e shows each statement. It drops nothing, and changes the owner of nothing. What it has to leave
-- to somebody else is listed under `to_look_at`.
--
-- The master user is made a member of each user for the length of a transaction, which nobody else sees: tables and
-- their future are an owner's to grant. A membership that stayed would pass rds_iam on to the master user, whose
-- password RDS would then refuse.
--
-- These log in with a password, which their secrets keep and this script does not know. Until they have one, they
-- cannot log in: set it with \password, and put the same into the secret.
--
--   search

\set ON_ERROR_STOP on
SET standard_conforming_strings = on;
SET client_min_messages = warning;
-- Nothing that users have made shall run as the master user.
SET search_path = pg_catalog, pg_temp;

BEGIN;

CREATE TEMPORARY TABLE wanted_login (name name, login text) ON COMMIT DROP;
INSERT INTO pg_temp.wanted_login VALUES
  ('orders_app', 'iam'),
  ('migrations', 'iam'),
  ('Reports', 'iam'),
  ('search', 'password');

CREATE TEMPORARY TABLE wanted_database (grantee name, database name, access text) ON COMMIT DROP;
INSERT INTO pg_temp.wanted_database VALUES
  ('orders_app', 'orders', 'readwrite'),
  ('migrations', 'orders', 'owner'),
  ('Reports', 'orders', 'readonly'),
  ('Reports', 'archive', 'readonly'),
  ('search', 'orders', 'readonly');

CREATE TEMPORARY TABLE privilege (access text, privilege text) ON COMMIT DROP;
INSERT INTO pg_temp.privilege VALUES
  ('readonly', 'CONNECT'),
  ('readwrite', 'CONNECT'), ('readwrite', 'TEMPORARY'),
  ('owner', 'CONNECT'), ('owner', 'TEMPORARY'), ('owner', 'CREATE');

-- Roles, without a password and without any right of an administrator.
SELECT format('CREATE ROLE %I LOGIN', name)
FROM pg_temp.wanted_login
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
ORDER BY 1
\gexec

SELECT format('ALTER ROLE %I LOGIN NOCREATEDB NOCREATEROLE', name)
FROM pg_temp.wanted_login JOIN pg_roles ON rolname = name
WHERE NOT rolcanlogin OR rolcreatedb OR rolcreaterole
ORDER BY 1
\gexec

SELECT format('GRANT rds_iam TO %I', name)
FROM pg_temp.wanted_login
WHERE login = 'iam' AND NOT pg_has_role(name, 'rds_iam', 'MEMBER')
ORDER BY 1
\gexec

-- A member of rds_iam cannot log in with a password.
SELECT format('REVOKE rds_iam FROM %I', name)
FROM pg_temp.wanted_login
WHERE login <> 'iam' AND pg_has_role(name, 'rds_iam', 'MEMBER')
ORDER BY 1
\gexec

-- Databases. What PUBLIC may do there, connect and make temporary tables, stays: others may count on it.
SELECT format('REVOKE %s ON DATABASE %I FROM %I', string_agg(DISTINCT privilege_type, ', '), datname, name)
FROM pg_database CROSS JOIN aclexplode(datacl) JOIN pg_roles ON pg_roles.oid = grantee
  JOIN pg_temp.wanted_login ON name = rolname
WHERE grantee <> datdba AND pg_has_role(datdba, 'USAGE') AND (is_grantable OR NOT EXISTS (
  SELECT FROM pg_temp.wanted_database JOIN pg_temp.privilege USING (access)
  WHERE database = datname AND wanted_database.grantee = name AND privilege = privilege_type
))
GROUP BY datname, name
ORDER BY 1
\gexec

SELECT format('GRANT %s ON DATABASE %I TO %I', string_agg(privilege, ', ' ORDER BY privilege), database, grantee)
FROM pg_temp.wanted_database JOIN pg_temp.privilege USING (access) JOIN pg_database ON datname = database
  JOIN pg_roles ON rolname = grantee
WHERE pg_roles.oid <> datdba AND pg_has_role(datdba, 'USAGE') AND NOT EXISTS (
  SELECT FROM aclexplode(datacl) AS given WHERE given.grantee = pg_roles.oid AND privilege_type = privilege
)
GROUP BY database, grantee
ORDER BY 1
\gexec

SELECT format('the database %I belongs to %I, who alone can grant on it', datname, pg_get_userbyid(datdba)) AS to_look_at
FROM pg_database
WHERE datname IN (SELECT database FROM pg_temp.wanted_database) AND NOT pg_has_role(datdba, 'USAGE')
UNION ALL
SELECT format('%I inherits rds_iam, and RDS refuses its password', current_user)
WHERE pg_has_role('rds_iam', 'USAGE')
ORDER BY to_look_at;

COMMIT;

-- In the database orders.
\connect "orders"
SET standard_conforming_strings = on;
SET client_min_messages = warning;
SET search_path = pg_catalog, pg_temp;

BEGIN;

CREATE TEMPORARY TABLE wanted (grantee name, schema name, access text) ON COMMIT DROP;
INSERT INTO pg_temp.wanted VALUES
  ('orders_app', 'public', 'readwrite'),
  ('migrations', 'public', 'owner'),
  ('migrations', 'audit', 'owner'),
  ('Reports', 'public', 'readonly'),
  ('search', 'audit', 'readonly');

CREATE TEMPORARY TABLE privilege (access text, kind text, privilege text) ON COMMIT DROP;
INSERT INTO pg_temp.privilege VALUES
  ('readonly', 'SCHEMA', 'USAGE'),
  ('readonly', 'TABLE', 'SELECT'),
  ('readonly', 'SEQUENCE', 'SELECT'),
  ('readwrite', 'SCHEMA', 'USAGE'),
  ('readwrite', 'TABLE', 'SELECT'), ('readwrite', 'TABLE', 'INSERT'), ('readwrite', 'TABLE', 'UPDATE'),
  ('readwrite', 'TABLE', 'DELETE'),
  ('readwrite', 'SEQUENCE', 'SELECT'), ('readwrite', 'SEQUENCE', 'USAGE');
-- An owner has what there is in this version.
INSERT INTO pg_temp.privilege
SELECT 'owner', kind, privilege_type
FROM (VALUES ('SCHEMA', 'n'), ('TABLE', 'r'), ('SEQUENCE', 's')) AS kinds (kind, letter)
  CROSS JOIN aclexplode(acldefault(letter::"char", 0));

CREATE TEMPORARY TABLE app (oid, name, is_lent) ON COMMIT DROP AS
SELECT oid, rolname, NOT pg_has_role(oid, 'USAGE')
FROM pg_roles
WHERE rolname IN ('orders_app', 'migrations', 'Reports', 'search');

SELECT format('GRANT %I TO %I', name, current_user) FROM pg_temp.app WHERE is_lent ORDER BY 1
\gexec

SELECT DISTINCT format('CREATE SCHEMA %I', schema)
FROM pg_temp.wanted
WHERE NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = schema)
ORDER BY 1
\gexec

-- What there is to grant on, and what is said of what comes later.
CREATE TEMPORARY VIEW object AS
SELECT 'SCHEMA' AS kind, nspname AS schema, quote_ident(nspname) AS object, nspowner AS owner, nspacl AS acl
FROM pg_namespace
UNION ALL
SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, nspname, pg_class.oid::regclass::text, relowner, relacl
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND nspname <> 'pg_catalog' AND NOT EXISTS (
  SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e'
);

CREATE TEMPORARY VIEW future AS
SELECT CASE defaclobjtype WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind, nspname AS schema, defaclrole AS maker,
  defaclacl AS acl
FROM pg_default_acl LEFT JOIN pg_namespace ON pg_namespace.oid = defaclnamespace
WHERE defaclobjtype IN ('r', 'S');

-- The master user and the owners make tables.
CREATE TEMPORARY TABLE maker (schema, oid, name) ON COMMIT DROP AS
SELECT schema, pg_roles.oid, rolname
FROM pg_temp.wanted JOIN pg_roles ON rolname = current_user OR (rolname = grantee AND access = 'owner')
GROUP BY schema, pg_roles.oid, rolname;

-- Before version 15 everybody may make tables in the schema public. That ends here, unless others than the owners have
-- something in it, who may count on it.
CREATE TEMPORARY TABLE open_schema (name, owner, guests) ON COMMIT DROP AS
SELECT object, owner, (
  SELECT string_agg(DISTINCT quote_ident(rolname), ', ')
  FROM pg_temp.object AS inside JOIN pg_roles ON pg_roles.oid = inside.owner
  WHERE inside.schema = object.schema AND kind <> 'SCHEMA' AND NOT rolsuper AND inside.owner <> object.owner
    AND NOT EXISTS (SELECT FROM pg_temp.maker WHERE maker.schema = inside.schema AND maker.oid = inside.owner)
)
FROM pg_temp.object
WHERE kind = 'SCHEMA' AND schema IN (SELECT schema FROM pg_temp.wanted)
  AND EXISTS (SELECT FROM aclexplode(acl) WHERE grantee = 0 AND privilege_type = 'CREATE');

SELECT format('REVOKE CREATE ON SCHEMA %s FROM PUBLIC', name)
FROM pg_temp.open_schema
WHERE guests IS NULL AND pg_has_role(owner, 'USAGE')
ORDER BY 1
\gexec

-- What the users have that is not theirs. An owner's rights on what it owns are no gift.
SELECT format('REVOKE %s ON %s %s FROM %I', string_agg(DISTINCT privilege_type, ', '), kind, object, name)
FROM pg_temp.object CROSS JOIN aclexplode(acl) AS given JOIN pg_temp.app ON app.oid = given.grantee
WHERE given.grantee <> owner AND pg_has_role(owner, 'USAGE') AND (is_grantable OR NOT EXISTS (
  SELECT FROM pg_temp.wanted JOIN pg_temp.privilege USING (access)
  WHERE wanted.grantee = name AND wanted.schema = object.schema AND privilege.kind = object.kind
    AND privilege = privilege_type
))
GROUP BY kind, object, name
ORDER BY 1
\gexec

SELECT format(
  'ALTER DEFAULT PRIVILEGES FOR ROLE %I%s REVOKE %s ON %sS FROM %I', pg_get_userbyid(maker),
  ' IN SCHEMA ' || quote_ident(schema), string_agg(DISTINCT privilege_type, ', '), kind, name
)
FROM pg_temp.future CROSS JOIN aclexplode(acl) AS given JOIN pg_temp.app ON app.oid = given.grantee
WHERE given.grantee <> maker AND pg_has_role(maker, 'USAGE') AND (is_grantable OR NOT EXISTS (
  SELECT FROM pg_temp.wanted JOIN pg_temp.privilege USING (access) JOIN pg_temp.maker AS makers USING (schema)
  WHERE wanted.grantee = app.name AND wanted.schema = future.schema AND privilege.kind = future.kind
    AND privilege = privilege_type AND makers.oid = future.maker
))
GROUP BY maker, schema, kind, app.name
ORDER BY 1
\gexec

-- What is theirs that they do not have.
SELECT format('GRANT %s ON %s %s TO %I', string_agg(privilege, ', ' ORDER BY privilege), kind, object, name)
FROM pg_temp.wanted JOIN pg_temp.privilege USING (access) JOIN pg_temp.object USING (schema, kind)
  JOIN pg_temp.app ON name = grantee
WHERE app.oid <> owner AND pg_has_role(owner, 'USAGE') AND NOT EXISTS (
  SELECT FROM aclexplode(acl) AS given WHERE given.grantee = app.oid AND privilege_type = privilege
)
GROUP BY kind, object, name
ORDER BY 1
\gexec

SELECT format(
  'ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT %s ON %sS TO %I', maker.name, schema,
  string_agg(privilege, ', ' ORDER BY privilege), kind, app.name
)
FROM pg_temp.wanted JOIN pg_temp.privilege USING (access) JOIN pg_temp.maker USING (schema)
  JOIN pg_temp.app ON app.name = grantee
WHERE kind <> 'SCHEMA' AND maker.oid <> app.oid AND NOT EXISTS (
  SELECT FROM pg_temp.future CROSS JOIN aclexplode(acl) AS given
  WHERE future.schema = wanted.schema AND future.kind = privilege.kind AND future.maker = maker.oid
    AND given.grantee = app.oid AND privilege_type = privilege
)
GROUP BY maker.name, schema, kind, app.name
ORDER BY 1
\gexec

-- What is left to somebody else; nothing, where all is well.
SELECT format('%s %s belongs to %I, who alone can grant on it', lower(kind), object, pg_get_userbyid(owner)) AS to_look_at
FROM pg_temp.object
WHERE schema IN (SELECT schema FROM pg_temp.wanted) AND NOT pg_has_role(owner, 'USAGE')
UNION ALL
SELECT format('%I owns %s %s without the access owner, and can do anything to it', name, lower(kind), object)
FROM pg_temp.object JOIN pg_temp.app ON app.oid = owner
WHERE NOT EXISTS (
  SELECT FROM pg_temp.wanted WHERE grantee = name AND wanted.schema = object.schema AND access = 'owner'
)
UNION ALL
SELECT format('everybody may make tables in schema %s', name) || coalesce(', as these did: ' || guests, '')
FROM pg_temp.open_schema
WHERE guests IS NOT NULL OR NOT pg_has_role(owner, 'USAGE')
UNION ALL
SELECT format('%I is a member of %I, and has its rights too', name, pg_get_userbyid(roleid))
FROM pg_auth_members JOIN pg_temp.app ON app.oid = member
WHERE pg_get_userbyid(roleid) <> 'rds_iam'
ORDER BY to_look_at;

SELECT format('REVOKE %I FROM %I', name, current_user) FROM pg_temp.app WHERE is_lent ORDER BY 1
\gexec

COMMIT;

-- In the database archive.
\connect "archive"
SET standard_conforming_strings = on;
SET client_min_messages = warning;
SET search_path = pg_catalog, pg_temp;

BEGIN;

CREATE TEMPORARY TABLE wanted (grantee name, schema name, access text) ON COMMIT DROP;
INSERT INTO pg_temp.wanted VALUES
  ('Reports', 'public', 'readonly');

CREATE TEMPORARY TABLE privilege (access text, kind text, privilege text) ON COMMIT DROP;
INSERT INTO pg_temp.privilege VALUES
  ('readonly', 'SCHEMA', 'USAGE'),
  ('readonly', 'TABLE', 'SELECT'),
  ('readonly', 'SEQUENCE', 'SELECT'),
  ('readwrite', 'SCHEMA', 'USAGE'),
  ('readwrite', 'TABLE', 'SELECT'), ('readwrite', 'TABLE', 'INSERT'), ('readwrite', 'TABLE', 'UPDATE'),
  ('readwrite', 'TABLE', 'DELETE'),
  ('readwrite', 'SEQUENCE', 'SELECT'), ('readwrite', 'SEQUENCE', 'USAGE');
-- An owner has what there is in this version.
INSERT INTO pg_temp.privilege
SELECT 'owner', kind, privilege_type
FROM (VALUES ('SCHEMA', 'n'), ('TABLE', 'r'), ('SEQUENCE', 's')) AS kinds (kind, letter)
  CROSS JOIN aclexplode(acldefault(letter::"char", 0));

CREATE TEMPORARY TABLE app (oid, name, is_lent) ON COMMIT DROP AS
SELECT oid, rolname, NOT pg_has_role(oid, 'USAGE')
FROM pg_roles
WHERE rolname IN ('orders_app', 'migrations', 'Reports', 'search');

SELECT format('GRANT %I TO %I', name, current_user) FROM pg_temp.app WHERE is_lent ORDER BY 1
\gexec

SELECT DISTINCT format('CREATE SCHEMA %I', schema)
FROM pg_temp.wanted
WHERE NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = schema)
ORDER BY 1
\gexec

-- What there is to grant on, and what is said of what comes later.
CREATE TEMPORARY VIEW object AS
SELECT 'SCHEMA' AS kind, nspname AS schema, quote_ident(nspname) AS object, nspowner AS owner, nspacl AS acl
FROM pg_namespace
UNION ALL
SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, nspname, pg_class.oid::regclass::text, relowner, relacl
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND nspname <> 'pg_catalog' AND NOT EXISTS (
  SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e'
);

CREATE TEMPORARY VIEW future AS
SELECT CASE defaclobjtype WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind, nspname AS schema, defaclrole AS maker,
  defaclacl AS acl
FROM pg_default_acl LEFT JOIN pg_namespace ON pg_namespace.oid = defaclnamespace
WHERE defaclobjtype IN ('r', 'S');

-- The master user and the owners make tables.
CREATE TEMPORARY TABLE maker (schema, oid, name) ON COMMIT DROP AS
SELECT schema, pg_roles.oid, rolname
FROM pg_temp.wanted JOIN pg_roles ON rolname = current_user OR (rolname = grantee AND access = 'owner')
GROUP BY schema, pg_roles.oid, rolname;

-- Before version 15 everybody may make tables in the schema public. That ends here, unless others than the owners have
-- something in it, who may count on it.
CREATE TEMPORARY TABLE open_schema (name, owner, guests) ON COMMIT DROP AS
SELECT object, owner, (
  SELECT string_agg(DISTINCT quote_ident(rolname), ', ')
  FROM pg_temp.object AS inside JOIN pg_roles ON pg_roles.oid = inside.owner
  WHERE inside.schema = object.schema AND kind <> 'SCHEMA' AND NOT rolsuper AND inside.owner <> object.owner
    AND NOT EXISTS (SELECT FROM pg_temp.maker WHERE maker.schema = inside.schema AND maker.oid = inside.owner)
)
FROM pg_temp.object
WHERE kind = 'SCHEMA' AND schema IN (SELECT schema FROM pg_temp.wanted)
  AND EXISTS (SELECT FROM aclexplode(acl) WHERE grantee = 0 AND privilege_type = 'CREATE');

SELECT format('REVOKE CREATE ON SCHEMA %s FROM PUBLIC', name)
FROM pg_temp.open_schema
WHERE guests IS NULL AND pg_has_role(owner, 'USAGE')
ORDER BY 1
\gexec

-- What the users have that is not theirs. An owner's rights on what it owns are no gift.
SELECT format('REVOKE %s ON %s %s FROM %I', string_agg(DISTINCT privilege_type, ', '), kind, object, name)
FROM pg_temp.object CROSS JOIN aclexplode(acl) AS given JOIN pg_temp.app ON app.oid = given.grantee
WHERE given.grantee <> owner AND pg_has_role(owner, 'USAGE') AND (is_grantable OR NOT EXISTS (
  SELECT FROM pg_temp.wanted JOIN pg_temp.privilege USING (access)
  WHERE wanted.grantee = name AND wanted.schema = object.schema AND privilege.kind = object.kind
    AND privilege = privilege_type
))
GROUP BY kind, object, name
ORDER BY 1
\gexec

SELECT format(
  'ALTER DEFAULT PRIVILEGES FOR ROLE %I%s REVOKE %s ON %sS FROM %I', pg_get_userbyid(maker),
  ' IN SCHEMA ' || quote_ident(schema), string_agg(DISTINCT privilege_type, ', '), kind, name
)
FROM pg_temp.future CROSS JOIN aclexplode(acl) AS given JOIN pg_temp.app ON app.oid = given.grantee
WHERE given.grantee <> maker AND pg_has_role(maker, 'USAGE') AND (is_grantable OR NOT EXISTS (
  SELECT FROM pg_temp.wanted JOIN pg_temp.privilege USING (access) JOIN pg_temp.maker AS makers USING (schema)
  WHERE wanted.grantee = app.name AND wanted.schema = future.schema AND privilege.kind = future.kind
    AND privilege = privilege_type AND makers.oid = future.maker
))
GROUP BY maker, schema, kind, app.name
ORDER BY 1
\gexec

-- What is theirs that they do not have.
SELECT format('GRANT %s ON %s %s TO %I', string_agg(privilege, ', ' ORDER BY privilege), kind, object, name)
FROM pg_temp.wanted JOIN pg_temp.privilege USING (access) JOIN pg_temp.object USING (schema, kind)
  JOIN pg_temp.app ON name = grantee
WHERE app.oid <> owner AND pg_has_role(owner, 'USAGE') AND NOT EXISTS (
  SELECT FROM aclexplode(acl) AS given WHERE given.grantee = app.oid AND privilege_type = privilege
)
GROUP BY kind, object, name
ORDER BY 1
\gexec

SELECT format(
  'ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT %s ON %sS TO %I', maker.name, schema,
  string_agg(privilege, ', ' ORDER BY privilege), kind, app.name
)
FROM pg_temp.wanted JOIN pg_temp.privilege USING (access) JOIN pg_temp.maker USING (schema)
  JOIN pg_temp.app ON app.name = grantee
WHERE kind <> 'SCHEMA' AND maker.oid <> app.oid AND NOT EXISTS (
  SELECT FROM pg_temp.future CROSS JOIN aclexplode(acl) AS given
  WHERE future.schema = wanted.schema AND future.kind = privilege.kind AND future.maker = maker.oid
    AND given.grantee = app.oid AND privilege_type = privilege
)
GROUP BY maker.name, schema, kind, app.name
ORDER BY 1
\gexec

-- What is left to somebody else; nothing, where all is well.
SELECT format('%s %s belongs to %I, who alone can grant on it', lower(kind), object, pg_get_userbyid(owner)) AS to_look_at
FROM pg_temp.object
WHERE schema IN (SELECT schema FROM pg_temp.wanted) AND NOT pg_has_role(owner, 'USAGE')
UNION ALL
SELECT format('%I owns %s %s without the access owner, and can do anything to it', name, lower(kind), object)
FROM pg_temp.object JOIN pg_temp.app ON app.oid = owner
WHERE NOT EXISTS (
  SELECT FROM pg_temp.wanted WHERE grantee = name AND wanted.schema = object.schema AND access = 'owner'
)
UNION ALL
SELECT format('everybody may make tables in schema %s', name) || coalesce(', as these did: ' || guests, '')
FROM pg_temp.open_schema
WHERE guests IS NOT NULL OR NOT pg_has_role(owner, 'USAGE')
UNION ALL
SELECT format('%I is a member of %I, and has its rights too', name, pg_get_userbyid(roleid))
FROM pg_auth_members JOIN pg_temp.app ON app.oid = member
WHERE pg_get_userbyid(roleid) <> 'rds_iam'
ORDER BY to_look_at;

SELECT format('REVOKE %I FROM %I', name, current_user) FROM pg_temp.app WHERE is_lent ORDER BY 1
\gexec

COMMIT;
