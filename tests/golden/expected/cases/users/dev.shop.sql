-- Written by auroraform from manifests and environments. Edit those, not this file.
--
-- The application users of the Aurora MySQL cluster shop, made from manifests/mysql.yaml:
--
--   shop_app: readwrite of shop_2, logs in with IAM
--   migrations: owner of shop_2, logs in with IAM
--   Reports: readonly of shop_2, archive, logs in with IAM
--   search: readonly of shop_2, logs in with the password in its secret
--
-- Run it with mysql as the master user, once the cluster is there, and again after every change. Host, port and the
-- secret with the password are outputs of the stack:
--
--   mysql --host=HOST --port=3306 --user=master --password --ssl-mode=VERIFY_IDENTITY --ssl-ca=BUNDLE < shop.sql
--
-- With -v it shows each statement. It can be run any number of times: it makes what is missing, and gives each user
-- what its access is. Where a user has anything else, all of it is taken back first, so that a session of that user
-- may meet a refusal for the blink of an eye; else nothing is taken back. It drops nothing.
--
-- These log in with a password, which their secrets keep and this script does not know. They are made locked. Give
-- them the password of the secret, and unlock them:
--
--   ALTER USER 'search'@'%' IDENTIFIED BY '...' ACCOUNT UNLOCK;

-- A backslash is a backslash in all that follows.
SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES';

-- Underscores in names of databases are escaped below, since GRANT takes one for any character. With partial_revokes
-- it does not, and the names would mean nothing: the script ends here.
SET @auroraform = 'DO 0';
/*!80016 SET @auroraform = IF(@@GLOBAL.partial_revokes, 'turn partial_revokes off', @auroraform) */;
PREPARE auroraform FROM @auroraform;
EXECUTE auroraform;

-- shop_app
CREATE USER IF NOT EXISTS 'shop_app'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL;
ALTER USER 'shop_app'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL;
SET @auroraform = IF(
  EXISTS (
    SELECT 1 FROM information_schema.user_privileges
    WHERE grantee = '''shop_app''@''%''' AND (privilege_type <> 'USAGE' OR is_grantable = 'YES')
  )
  OR EXISTS (
    SELECT 1 FROM information_schema.schema_privileges
    WHERE grantee = '''shop_app''@''%'''
      AND (is_grantable = 'YES' OR (table_schema, privilege_type) NOT IN (
        ('shop\_2', 'SELECT'),
        ('shop\_2', 'INSERT'),
        ('shop\_2', 'UPDATE'),
        ('shop\_2', 'DELETE'),
        ('shop\_2', 'CREATE TEMPORARY TABLES'),
        ('shop\_2', 'EXECUTE'),
        ('shop\_2', 'SHOW VIEW')
      ))
  )
  OR EXISTS (SELECT 1 FROM information_schema.table_privileges WHERE grantee = '''shop_app''@''%''')
  OR EXISTS (SELECT 1 FROM information_schema.column_privileges WHERE grantee = '''shop_app''@''%'''),
  'REVOKE ALL PRIVILEGES, GRANT OPTION FROM ''shop_app''@''%''',
  'DO 0'
);
PREPARE auroraform FROM @auroraform;
EXECUTE auroraform;
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE TEMPORARY TABLES, EXECUTE, SHOW VIEW ON `shop\_2`.* TO 'shop_app'@'%';

-- migrations
CREATE USER IF NOT EXISTS 'migrations'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL;
ALTER USER 'migrations'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL;
SET @auroraform = IF(
  EXISTS (
    SELECT 1 FROM information_schema.user_privileges
    WHERE grantee = '''migrations''@''%''' AND (privilege_type <> 'USAGE' OR is_grantable = 'YES')
  )
  OR EXISTS (
    SELECT 1 FROM information_schema.schema_privileges
    WHERE grantee = '''migrations''@''%'''
      AND (is_grantable = 'YES' OR (table_schema, privilege_type) NOT IN (
        ('shop\_2', 'SELECT'),
        ('shop\_2', 'INSERT'),
        ('shop\_2', 'UPDATE'),
        ('shop\_2', 'DELETE'),
        ('shop\_2', 'CREATE'),
        ('shop\_2', 'DROP'),
        ('shop\_2', 'REFERENCES'),
        ('shop\_2', 'INDEX'),
        ('shop\_2', 'ALTER'),
        ('shop\_2', 'CREATE TEMPORARY TABLES'),
        ('shop\_2', 'LOCK TABLES'),
        ('shop\_2', 'EXECUTE'),
        ('shop\_2', 'CREATE VIEW'),
        ('shop\_2', 'SHOW VIEW'),
        ('shop\_2', 'CREATE ROUTINE'),
        ('shop\_2', 'ALTER ROUTINE'),
        ('shop\_2', 'EVENT'),
        ('shop\_2', 'TRIGGER')
      ))
  )
  OR EXISTS (SELECT 1 FROM information_schema.table_privileges WHERE grantee = '''migrations''@''%''')
  OR EXISTS (SELECT 1 FROM information_schema.column_privileges WHERE grantee = '''migrations''@''%'''),
  'REVOKE ALL PRIVILEGES, GRANT OPTION FROM ''migrations''@''%''',
  'DO 0'
);
PREPARE auroraform FROM @auroraform;
EXECUTE auroraform;
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, REFERENCES, INDEX, ALTER, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, EVENT, TRIGGER ON `shop\_2`.* TO 'migrations'@'%';

-- Reports
CREATE USER IF NOT EXISTS 'Reports'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL;
ALTER USER 'Reports'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL;
SET @auroraform = IF(
  EXISTS (
    SELECT 1 FROM information_schema.user_privileges
    WHERE grantee = '''Reports''@''%''' AND (privilege_type <> 'USAGE' OR is_grantable = 'YES')
  )
  OR EXISTS (
    SELECT 1 FROM information_schema.schema_privileges
    WHERE grantee = '''Reports''@''%'''
      AND (is_grantable = 'YES' OR (table_schema, privilege_type) NOT IN (
        ('shop\_2', 'SELECT'),
        ('shop\_2', 'SHOW VIEW'),
        ('archive', 'SELECT'),
        ('archive', 'SHOW VIEW')
      ))
  )
  OR EXISTS (SELECT 1 FROM information_schema.table_privileges WHERE grantee = '''Reports''@''%''')
  OR EXISTS (SELECT 1 FROM information_schema.column_privileges WHERE grantee = '''Reports''@''%'''),
  'REVOKE ALL PRIVILEGES, GRANT OPTION FROM ''Reports''@''%''',
  'DO 0'
);
PREPARE auroraform FROM @auroraform;
EXECUTE auroraform;
GRANT SELECT, SHOW VIEW ON `shop\_2`.* TO 'Reports'@'%';
GRANT SELECT, SHOW VIEW ON `archive`.* TO 'Reports'@'%';

-- search
CREATE USER IF NOT EXISTS 'search'@'%' ACCOUNT LOCK;
SET @auroraform = IF(
  EXISTS (
    SELECT 1 FROM information_schema.user_privileges
    WHERE grantee = '''search''@''%''' AND (privilege_type <> 'USAGE' OR is_grantable = 'YES')
  )
  OR EXISTS (
    SELECT 1 FROM information_schema.schema_privileges
    WHERE grantee = '''search''@''%'''
      AND (is_grantable = 'YES' OR (table_schema, privilege_type) NOT IN (
        ('shop\_2', 'SELECT'),
        ('shop\_2', 'SHOW VIEW')
      ))
  )
  OR EXISTS (SELECT 1 FROM information_schema.table_privileges WHERE grantee = '''search''@''%''')
  OR EXISTS (SELECT 1 FROM information_schema.column_privileges WHERE grantee = '''search''@''%'''),
  'REVOKE ALL PRIVILEGES, GRANT OPTION FROM ''search''@''%''',
  'DO 0'
);
PREPARE auroraform FROM @auroraform;
EXECUTE auroraform;
GRANT SELECT, SHOW VIEW ON `shop\_2`.* TO 'search'@'%';

DEALLOCATE PREPARE auroraform;
