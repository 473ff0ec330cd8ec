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
-- With -e it shows each statement. It can be run any number of times: it makes what is missing, gives each user what
-- its access is, and takes back whatever else these users were given on databases, schemas, tables and sequences.
-- It drops nothing, and changes the owner of nothing. What it leaves to somebody else is listed as `to_look_at`.
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

-- Roles, without a password and without any right of an administrator.
SELECT format('CREATE ROLE %I LOGIN', name)
FROM pg_temp.wanted_login
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

SELECT format('ALTER ROLE %I LOGIN NOCREATEDB NOCREATEROLE', name)
FROM pg_temp.wanted_login JOIN pg_roles ON rolname = name
WHERE NOT rolcanlogin OR rolcreatedb OR rolcreaterole
\gexec

SELECT format('GRANT rds_iam TO %I', name)
FROM pg_temp.wanted_login
WHERE login = 'iam' AND NOT pg_has_role(name, 'rds_iam', 'MEMBER')
\gexec

-- A member of rds_iam cannot log in with a password.
SELECT format('REVOKE rds_iam FROM %I', name)
FROM pg_temp.wanted_login
WHERE login <> 'iam' AND pg_has_role(name, 'rds_iam', 'MEMBER')
\gexec

-- Databases. What PUBLIC may do there, connect and make temporary tables, stays: others may count on it.
SELECT DISTINCT format('REVOKE ALL ON DATABASE %I FROM %I', datname, rolname)
FROM pg_database CROSS JOIN aclexplode(datacl) AS given JOIN pg_roles ON pg_roles.oid = given.grantee
WHERE rolname IN (SELECT name FROM pg_temp.wanted_login)
  AND given.grantee <> datdba AND pg_has_role(datdba, 'USAGE')
\gexec

SELECT format(
  'GRANT %s ON DATABASE %I TO %I',
  CASE access WHEN 'owner' THEN 'CONNECT, TEMPORARY, CREATE' WHEN 'readwrite' THEN 'CONNECT, TEMPORARY' ELSE 'CONNECT' END,
  database, grantee
)
FROM pg_temp.wanted_database JOIN pg_database ON datname = database
WHERE pg_has_role(datdba, 'USAGE')
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

CREATE TEMPORARY TABLE app (oid, name, is_lent) ON COMMIT DROP AS
SELECT oid, rolname, NOT pg_has_role(oid, 'USAGE')
FROM pg_roles
WHERE rolname IN ('orders_app', 'migrations', 'Reports', 'search');

CREATE TEMPORARY TABLE privilege (access text, kind text, list text) ON COMMIT DROP;
INSERT INTO pg_temp.privilege VALUES
  ('readonly', 'TABLE', 'SELECT'),
  ('readonly', 'SEQUENCE', 'SELECT'),
  ('readwrite', 'TABLE', 'SELECT, INSERT, UPDATE, DELETE'),
  ('readwrite', 'SEQUENCE', 'SELECT, USAGE'),
  ('owner', 'TABLE', 'ALL'),
  ('owner', 'SEQUENCE', 'ALL');

SELECT format('GRANT %I TO %I', name, current_user) FROM pg_temp.app WHERE is_lent
\gexec

SELECT DISTINCT format('CREATE SCHEMA %I', schema)
FROM pg_temp.wanted
WHERE NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = schema)
\gexec

-- Before PostgreSQL 15 everybody may make tables in the schema public. Taken back, unless others than the owners
-- have something there, who may count on it.
CREATE TEMPORARY TABLE open_schema (oid, name, owner, guests) ON COMMIT DROP AS
SELECT pg_namespace.oid, nspname, nspowner, (
  SELECT string_agg(DISTINCT quote_ident(rolname), ', ')
  FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner
  WHERE relnamespace = pg_namespace.oid AND NOT rolsuper AND relowner <> nspowner AND rolname <> current_user
    AND NOT EXISTS (SELECT FROM pg_temp.wanted WHERE grantee = rolname AND schema = nspname AND access = 'owner')
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
)
FROM pg_namespace
WHERE nspname IN (SELECT schema FROM pg_temp.wanted)
  AND EXISTS (SELECT FROM aclexplode(nspacl) AS given WHERE given.grantee = 0 AND given.privilege_type = 'CREATE');

SELECT format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', name)
FROM pg_temp.open_schema
WHERE guests IS NULL AND pg_has_role(owner, 'USAGE')
\gexec

-- What the users were given so far. An owner's rights on what it owns are no gift.
SELECT DISTINCT format('REVOKE ALL ON SCHEMA %I FROM %I', nspname, app.name)
FROM pg_namespace CROSS JOIN aclexplode(nspacl) AS given JOIN pg_temp.app ON app.oid = given.grantee
WHERE given.grantee <> nspowner AND pg_has_role(nspowner, 'USAGE')
\gexec

SELECT DISTINCT format(
  'REVOKE ALL ON %s %s FROM %I', CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, pg_class.oid::regclass, app.name
)
FROM pg_class CROSS JOIN aclexplode(relacl) AS given JOIN pg_temp.app ON app.oid = given.grantee
WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND given.grantee <> relowner AND pg_has_role(relowner, 'USAGE')
  AND relnamespace <> 'pg_catalog'::regnamespace
\gexec

SELECT DISTINCT format(
  'ALTER DEFAULT PRIVILEGES FOR ROLE %I%s REVOKE ALL ON %s FROM %I',
  pg_get_userbyid(defaclrole), ' IN SCHEMA ' || quote_ident(nspname),
  CASE defaclobjtype WHEN 'S' THEN 'SEQUENCES' ELSE 'TABLES' END, app.name
)
FROM pg_default_acl LEFT JOIN pg_namespace ON pg_namespace.oid = defaclnamespace
  CROSS JOIN aclexplode(defaclacl) AS given JOIN pg_temp.app ON app.oid = given.grantee
WHERE defaclobjtype IN ('r', 'S') AND given.grantee <> defaclrole AND pg_has_role(defaclrole, 'USAGE')
\gexec

-- What the users are given.
SELECT format(
  'GRANT %s ON SCHEMA %I TO %I', CASE access WHEN 'owner' THEN 'USAGE, CREATE' ELSE 'USAGE' END, schema, grantee
)
FROM pg_temp.wanted JOIN pg_namespace ON nspname = schema JOIN pg_temp.app ON app.name = grantee
WHERE app.oid <> nspowner AND pg_has_role(nspowner, 'USAGE')
\gexec

SELECT format('GRANT %s ON %s %s TO %I', list, kind, pg_class.oid::regclass, grantee)
FROM pg_temp.wanted JOIN pg_temp.privilege USING (access) JOIN pg_temp.app ON app.name = grantee
  JOIN pg_namespace ON nspname = schema
  JOIN pg_class ON relnamespace = pg_namespace.oid AND relkind = ANY (
    CASE kind WHEN 'SEQUENCE' THEN '{S}' ELSE '{r,p,v,m,f}' END::"char"[]
  )
WHERE relowner <> app.oid AND pg_has_role(relowner, 'USAGE')
\gexec

-- What the master user and the owners make from now on.
SELECT DISTINCT format(
  'ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT %s ON %sS TO %I', maker, schema, list, kind, grantee
)
FROM (
  SELECT schema, current_user AS maker FROM pg_temp.wanted
  UNION SELECT schema, grantee FROM pg_temp.wanted WHERE access = 'owner'
) AS makers JOIN pg_temp.wanted USING (schema) JOIN pg_temp.privilege USING (access)
WHERE maker <> grantee
\gexec

-- What is left to somebody else; nothing, where all is well.
SELECT format('%s belongs to %I, who alone can grant on it', pg_class.oid::regclass, pg_get_userbyid(relowner)) AS to_look_at
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND NOT pg_has_role(relowner, 'USAGE')
  AND nspname IN (SELECT schema FROM pg_temp.wanted)
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
UNION ALL
SELECT format('%I owns %s without the access owner, and can do anything to it', app.name, pg_class.oid::regclass)
FROM pg_class JOIN pg_temp.app ON app.oid = relowner JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND nspname !~ '^pg_'
  AND NOT EXISTS (SELECT FROM pg_temp.wanted WHERE grantee = app.name AND schema = nspname AND access = 'owner')
UNION ALL
SELECT format('the schema %I belongs to %I, who alone can grant on it', nspname, pg_get_userbyid(nspowner))
FROM pg_namespace
WHERE nspname IN (SELECT schema FROM pg_temp.wanted) AND NOT pg_has_role(nspowner, 'USAGE')
UNION ALL
SELECT format('everybody may make tables in the schema %I', name) || coalesce(', as these did: ' || guests, '')
FROM pg_temp.open_schema
WHERE guests IS NOT NULL OR NOT pg_has_role(owner, 'USAGE')
UNION ALL
SELECT format('%I is a member of %I, and has its rights too', app.name, pg_get_userbyid(roleid))
FROM pg_auth_members JOIN pg_temp.app ON app.oid = member
WHERE pg_get_userbyid(roleid) <> 'rds_iam'
ORDER BY to_look_at;

SELECT format('REVOKE %I FROM %I', name, current_user) FROM pg_temp.app WHERE is_lent
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

CREATE TEMPORARY TABLE app (oid, name, is_lent) ON COMMIT DROP AS
SELECT oid, rolname, NOT pg_has_role(oid, 'USAGE')
FROM pg_roles
WHERE rolname IN ('orders_app', 'migrations', 'Reports', 'search');

CREATE TEMPORARY TABLE privilege (access text, kind text, list text) ON COMMIT DROP;
INSERT INTO pg_temp.privilege VALUES
  ('readonly', 'TABLE', 'SELECT'),
  ('readonly', 'SEQUENCE', 'SELECT'),
  ('readwrite', 'TABLE', 'SELECT, INSERT, UPDATE, DELETE'),
  ('readwrite', 'SEQUENCE', 'SELECT, USAGE'),
  ('owner', 'TABLE', 'ALL'),
  ('owner', 'SEQUENCE', 'ALL');

SELECT format('GRANT %I TO %I', name, current_user) FROM pg_temp.app WHERE is_lent
\gexec

SELECT DISTINCT format('CREATE SCHEMA %I', schema)
FROM pg_temp.wanted
WHERE NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = schema)
\gexec

-- Before PostgreSQL 15 everybody may make tables in the schema public. Taken back, unless others than the owners
-- have something there, who may count on it.
CREATE TEMPORARY TABLE open_schema (oid, name, owner, guests) ON COMMIT DROP AS
SELECT pg_namespace.oid, nspname, nspowner, (
  SELECT string_agg(DISTINCT quote_ident(rolname), ', ')
  FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner
  WHERE relnamespace = pg_namespace.oid AND NOT rolsuper AND relowner <> nspowner AND rolname <> current_user
    AND NOT EXISTS (SELECT FROM pg_temp.wanted WHERE grantee = rolname AND schema = nspname AND access = 'owner')
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
)
FROM pg_namespace
WHERE nspname IN (SELECT schema FROM pg_temp.wanted)
  AND EXISTS (SELECT FROM aclexplode(nspacl) AS given WHERE given.grantee = 0 AND given.privilege_type = 'CREATE');

SELECT format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', name)
FROM pg_temp.open_schema
WHERE guests IS NULL AND pg_has_role(owner, 'USAGE')
\gexec

-- What the users were given so far. An owner's rights on what it owns are no gift.
SELECT DISTINCT format('REVOKE ALL ON SCHEMA %I FROM %I', nspname, app.name)
FROM pg_namespace CROSS JOIN aclexplode(nspacl) AS given JOIN pg_temp.app ON app.oid = given.grantee
WHERE given.grantee <> nspowner AND pg_has_role(nspowner, 'USAGE')
\gexec

SELECT DISTINCT format(
  'REVOKE ALL ON %s %s FROM %I', CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, pg_class.oid::regclass, app.name
)
FROM pg_class CROSS JOIN aclexplode(relacl) AS given JOIN pg_temp.app ON app.oid = given.grantee
WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND given.grantee <> relowner AND pg_has_role(relowner, 'USAGE')
  AND relnamespace <> 'pg_catalog'::regnamespace
\gexec

SELECT DISTINCT format(
  'ALTER DEFAULT PRIVILEGES FOR ROLE %I%s REVOKE ALL ON %s FROM %I',
  pg_get_userbyid(defaclrole), ' IN SCHEMA ' || quote_ident(nspname),
  CASE defaclobjtype WHEN 'S' THEN 'SEQUENCES' ELSE 'TABLES' END, app.name
)
FROM pg_default_acl LEFT JOIN pg_namespace ON pg_namespace.oid = defaclnamespace
  CROSS JOIN aclexplode(defaclacl) AS given JOIN pg_temp.app ON app.oid = given.grantee
WHERE defaclobjtype IN ('r', 'S') AND given.grantee <> defaclrole AND pg_has_role(defaclrole, 'USAGE')
\gexec

-- What the users are given.
SELECT format(
  'GRANT %s ON SCHEMA %I TO %I', CASE access WHEN 'owner' THEN 'USAGE, CREATE' ELSE 'USAGE' END, schema, grantee
)
FROM pg_temp.wanted JOIN pg_namespace ON nspname = schema JOIN pg_temp.app ON app.name = grantee
WHERE app.oid <> nspowner AND pg_has_role(nspowner, 'USAGE')
\gexec

SELECT format('GRANT %s ON %s %s TO %I', list, kind, pg_class.oid::regclass, grantee)
FROM pg_temp.wanted JOIN pg_temp.privilege USING (access) JOIN pg_temp.app ON app.name = grantee
  JOIN pg_namespace ON nspname = schema
  JOIN pg_class ON relnamespace = pg_namespace.oid AND relkind = ANY (
    CASE kind WHEN 'SEQUENCE' THEN '{S}' ELSE '{r,p,v,m,f}' END::"char"[]
  )
WHERE relowner <> app.oid AND pg_has_role(relowner, 'USAGE')
\gexec

-- What the master user and the owners make from now on.
SELECT DISTINCT format(
  'ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT %s ON %sS TO %I', maker, schema, list, kind, grantee
)
FROM (
  SELECT schema, current_user AS maker FROM pg_temp.wanted
  UNION SELECT schema, grantee FROM pg_temp.wanted WHERE access = 'owner'
) AS makers JOIN pg_temp.wanted USING (schema) JOIN pg_temp.privilege USING (access)
WHERE maker <> grantee
\gexec

-- What is left to somebody else; nothing, where all is well.
SELECT format('%s belongs to %I, who alone can grant on it', pg_class.oid::regclass, pg_get_userbyid(relowner)) AS to_look_at
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND NOT pg_has_role(relowner, 'USAGE')
  AND nspname IN (SELECT schema FROM pg_temp.wanted)
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
UNION ALL
SELECT format('%I owns %s without the access owner, and can do anything to it', app.name, pg_class.oid::regclass)
FROM pg_class JOIN pg_temp.app ON app.oid = relowner JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND nspname !~ '^pg_'
  AND NOT EXISTS (SELECT FROM pg_temp.wanted WHERE grantee = app.name AND schema = nspname AND access = 'owner')
UNION ALL
SELECT format('the schema %I belongs to %I, who alone can grant on it', nspname, pg_get_userbyid(nspowner))
FROM pg_namespace
WHERE nspname IN (SELECT schema FROM pg_temp.wanted) AND NOT pg_has_role(nspowner, 'USAGE')
UNION ALL
SELECT format('everybody may make tables in the schema %I', name) || coalesce(', as these did: ' || guests, '')
FROM pg_temp.open_schema
WHERE guests IS NOT NULL OR NOT pg_has_role(owner, 'USAGE')
UNION ALL
SELECT format('%I is a member of %I, and has its rights too', app.name, pg_get_userbyid(roleid))
FROM pg_auth_members JOIN pg_temp.app ON app.oid = member
WHERE pg_get_userbyid(roleid) <> 'rds_iam'
ORDER BY to_look_at;

SELECT format('REVOKE %I FROM %I', name, current_user) FROM pg_temp.app WHERE is_lent
\gexec

COMMIT;
