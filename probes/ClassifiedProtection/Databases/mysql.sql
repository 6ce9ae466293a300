-- SmartCity.SecurityCheck 数据库取证脚本 · MySQL 5.7、8.x 与 MariaDB 10.4 及以上
-- 用法：mysql --force -u root -p < collect-mysql.sql > mysql.txt
--       把 mysql.txt 写进 candidate.yaml 的 hosts[].databases，或 securitycheck probe classified-protection --database mysql.txt
-- 只读：会话先设为只读事务；不建对象，不改设置，不读业务表。/*!…*/ 与 /*M!…*/ 是按产品与版本执行的语句。
-- 读什么：口令策略、登录失败限制的参数；账户名、来源主机、认证插件、口令是否为空、是否锁定、有无 SUPER、GRANT OPTION 或 CREATE USER 权限、锁定设置（mysql.user）；角色授予给了谁；
--         传输加密、监听、日志与超时的现值（与 my.cnf 对照）。
-- 不读什么：口令散列本身、表数据、SQL 语句文本。
-- 权限不够的查询会报错并跳过（所以要 --force），其余照常。每条事实一行，前后的表头、边框、空格都不要紧，请勿手改。

SET SESSION TRANSACTION READ ONLY;

SELECT CONCAT('SC', 'FACT|begin|1|mysql|', REPLACE(VERSION(), '|', '/'), '|', REPLACE(@@hostname, '|', '/'), '-', @@port, '|', DATE_FORMAT(UTC_TIMESTAMP(), '%Y-%m-%dT%H:%i:%sZ'), '|END') AS fact;

-- 参数：名|值
/*!50700 SELECT CONCAT('SC', 'FACT|variable|', LOWER(VARIABLE_NAME), '|', REPLACE(VARIABLE_VALUE, '|', '/'), '|END') AS fact FROM performance_schema.global_variables
WHERE VARIABLE_NAME LIKE 'validate\_password%' OR VARIABLE_NAME LIKE 'connection\_control\_%' OR VARIABLE_NAME IN ('default_password_lifetime', 'require_secure_transport', 'general_log', 'general_log_file', 'log_output', 'local_infile', 'bind_address', 'skip_networking',
    'wait_timeout', 'interactive_timeout', 'audit_log_policy', 'init_file') ORDER BY VARIABLE_NAME */;
/*!50700 SELECT CONCAT('SC', 'FACT|count|variable|', COUNT(*), '|END') AS fact FROM performance_schema.global_variables
WHERE VARIABLE_NAME LIKE 'validate\_password%' OR VARIABLE_NAME LIKE 'connection\_control\_%' OR VARIABLE_NAME IN ('default_password_lifetime', 'require_secure_transport', 'general_log', 'general_log_file', 'log_output', 'local_infile', 'bind_address', 'skip_networking',
    'wait_timeout', 'interactive_timeout', 'audit_log_policy', 'init_file') */;
/*M!100400 SELECT CONCAT('SC', 'FACT|variable|', LOWER(VARIABLE_NAME), '|', REPLACE(VARIABLE_VALUE, '|', '/'), '|END') AS fact FROM information_schema.GLOBAL_VARIABLES
WHERE VARIABLE_NAME LIKE 'SIMPLE\_PASSWORD\_CHECK%' OR VARIABLE_NAME LIKE 'CRACKLIB\_%' OR VARIABLE_NAME IN ('MAX_PASSWORD_ERRORS', 'STRICT_PASSWORD_VALIDATION', 'DEFAULT_PASSWORD_LIFETIME', 'REQUIRE_SECURE_TRANSPORT', 'GENERAL_LOG', 'GENERAL_LOG_FILE', 'LOG_OUTPUT', 'LOCAL_INFILE',
    'BIND_ADDRESS', 'SKIP_NETWORKING', 'SKIP_GRANT_TABLES', 'WAIT_TIMEOUT', 'INTERACTIVE_TIMEOUT', 'SERVER_AUDIT_LOGGING', 'SERVER_AUDIT_FILE_PATH', 'SERVER_AUDIT_INCL_USERS', 'SERVER_AUDIT_EXCL_USERS', 'SERVER_AUDIT_EVENTS', 'INIT_FILE') ORDER BY VARIABLE_NAME */;
/*M!100400 SELECT CONCAT('SC', 'FACT|count|variable|', COUNT(*), '|END') AS fact FROM information_schema.GLOBAL_VARIABLES
WHERE VARIABLE_NAME LIKE 'SIMPLE\_PASSWORD\_CHECK%' OR VARIABLE_NAME LIKE 'CRACKLIB\_%' OR VARIABLE_NAME IN ('MAX_PASSWORD_ERRORS', 'STRICT_PASSWORD_VALIDATION', 'DEFAULT_PASSWORD_LIFETIME', 'REQUIRE_SECURE_TRANSPORT', 'GENERAL_LOG', 'GENERAL_LOG_FILE', 'LOG_OUTPUT', 'LOCAL_INFILE',
    'BIND_ADDRESS', 'SKIP_NETWORKING', 'SKIP_GRANT_TABLES', 'WAIT_TIMEOUT', 'INTERACTIVE_TIMEOUT', 'SERVER_AUDIT_LOGGING', 'SERVER_AUDIT_FILE_PATH', 'SERVER_AUDIT_INCL_USERS', 'SERVER_AUDIT_EXCL_USERS', 'SERVER_AUDIT_EVENTS', 'INIT_FILE') */;

-- 账户：名|主机|插件|口令 empty 或 set|锁定或角色 Y/N|管理权限 Y/N|另一种登录方式的口令 none、empty、set
/*!50700 SELECT CONCAT('SC', 'FACT|account|', IF(User REGEXP '^[A-Za-z0-9_.$-]*$', User, CONCAT('hex:', HEX(CONVERT(User USING utf8mb4)))), '|',
    IF(Host REGEXP '^[]A-Za-z0-9_.:%/[-]*$', Host, CONCAT('hex:', HEX(CONVERT(Host USING utf8mb4)))), '|', plugin, '|',
    IF(COALESCE(authentication_string, '') = '', 'empty', 'set'), '|', account_locked, '|', IF('Y' IN (Super_priv, Grant_priv, Create_user_priv), 'Y', 'N'), '|none|END') AS fact FROM mysql.user ORDER BY User, Host */;
/*!50700 SELECT CONCAT('SC', 'FACT|count|account|', COUNT(*), '|END') AS fact FROM mysql.user */;
/*M!100400 SELECT CONCAT('SC', 'FACT|account|', IF(g.User REGEXP '^[A-Za-z0-9_.$-]*$', g.User, CONCAT('hex:', HEX(CONVERT(g.User USING utf8mb4)))), '|',
    IF(g.Host REGEXP '^[]A-Za-z0-9_.:%/[-]*$', g.Host, CONCAT('hex:', HEX(CONVERT(g.Host USING utf8mb4)))), '|',
    COALESCE(JSON_VALUE(g.Priv, '$.plugin'), ''), '|', IF(COALESCE(JSON_VALUE(g.Priv, '$.authentication_string'), '') = '', 'empty', 'set'), '|',
    IF(COALESCE(JSON_VALUE(g.Priv, '$.account_locked'), '0') IN ('1', 'true') OR COALESCE(JSON_VALUE(g.Priv, '$.is_role'), '0') IN ('1', 'true'), 'Y', 'N'), '|',
    IF('Y' IN (u.Super_priv, u.Grant_priv, u.Create_user_priv), 'Y', 'N'), '|', CASE WHEN JSON_EXISTS(g.Priv, '$.auth_or') = 0 THEN 'none'
    WHEN JSON_EXTRACT(g.Priv, '$.auth_or') REGEXP '"authentication_string": ?""' THEN 'empty' ELSE 'set' END, '|END') AS fact
FROM mysql.global_priv g LEFT JOIN mysql.user u ON u.User = g.User AND u.Host = g.Host ORDER BY g.User, g.Host */;
/*M!100400 SELECT CONCAT('SC', 'FACT|count|account|', COUNT(*), '|END') AS fact FROM mysql.global_priv */;

-- 账户锁定：名|主机|失败次数|锁定天数（-1 为直到人工解锁）
/*!80019 SELECT CONCAT('SC', 'FACT|lock|', IF(User REGEXP '^[A-Za-z0-9_.$-]*$', User, CONCAT('hex:', HEX(CONVERT(User USING utf8mb4)))), '|',
    IF(Host REGEXP '^[]A-Za-z0-9_.:%/[-]*$', Host, CONCAT('hex:', HEX(CONVERT(Host USING utf8mb4)))), '|',
    COALESCE(JSON_UNQUOTE(JSON_EXTRACT(User_attributes, '$.Password_locking.failed_login_attempts')), '0'), '|',
    COALESCE(JSON_UNQUOTE(JSON_EXTRACT(User_attributes, '$.Password_locking.password_lock_time_days')), '0'), '|END') AS fact FROM mysql.user ORDER BY User, Host */;
/*!80019 SELECT CONCAT('SC', 'FACT|count|lock|', COUNT(*), '|END') AS fact FROM mysql.user */;

-- 角色授予：角色|主机|被授予者|主机
/*!80000 SELECT CONCAT('SC', 'FACT|edge|', IF(FROM_USER REGEXP '^[A-Za-z0-9_.$-]*$', FROM_USER, CONCAT('hex:', HEX(CONVERT(FROM_USER USING utf8mb4)))), '|',
    IF(FROM_HOST REGEXP '^[]A-Za-z0-9_.:%/[-]*$', FROM_HOST, CONCAT('hex:', HEX(CONVERT(FROM_HOST USING utf8mb4)))), '|', IF(TO_USER REGEXP '^[A-Za-z0-9_.$-]*$', TO_USER, CONCAT('hex:', HEX(CONVERT(TO_USER USING utf8mb4)))), '|',
    IF(TO_HOST REGEXP '^[]A-Za-z0-9_.:%/[-]*$', TO_HOST, CONCAT('hex:', HEX(CONVERT(TO_HOST USING utf8mb4)))), '|END') AS fact FROM mysql.role_edges ORDER BY FROM_USER, TO_USER, TO_HOST */;
/*!80000 SELECT CONCAT('SC', 'FACT|count|edge|', COUNT(*), '|END') AS fact FROM mysql.role_edges */;
/*M!100400 SELECT CONCAT('SC', 'FACT|edge|', IF(Role REGEXP '^[A-Za-z0-9_.$-]*$', Role, CONCAT('hex:', HEX(CONVERT(Role USING utf8mb4)))), '||', IF(User REGEXP '^[A-Za-z0-9_.$-]*$', User, CONCAT('hex:', HEX(CONVERT(User USING utf8mb4)))), '|',
    IF(Host REGEXP '^[]A-Za-z0-9_.:%/[-]*$', Host, CONCAT('hex:', HEX(CONVERT(Host USING utf8mb4)))), '|END') AS fact FROM mysql.roles_mapping ORDER BY Role, User, Host */;
/*M!100400 SELECT CONCAT('SC', 'FACT|count|edge|', COUNT(*), '|END') AS fact FROM mysql.roles_mapping */;

SELECT CONCAT('SC', 'FACT|end|END') AS fact;
